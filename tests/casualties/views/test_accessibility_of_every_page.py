"""No page is forgotten: every address of the product is opened in a browser, or named here as one that is no page."""

from itertools import chain

import pytest
from django.urls import Resolver404, URLPattern, resolve

from casualties import urls
from tests.casualties.views import test_accessibility_in_browser as readers
from tests.casualties.views import test_accessibility_of_work_in_browser as work

ENDINGS = (".csv", ".xlsx", ".json", ".yaml", "healthz", "readyz", "api/v1/")  # files, and what is for machines
POSTED = {
    "language", "export-cancel", "export-delete", "import-apply", "import-discard", "mapping-remove",
}  # fmt: skip
EVERY = {
    str(pattern.name): str(pattern.pattern)
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern) and not str(pattern.pattern).endswith(ENDINGS)
}


def looked_at() -> set[str]:
    """Names of the addresses that the browser opens; numbers of records stand for any number."""
    pages = (readers.READERS, readers.STAFF, work.NOTHING_YET, work.REPORTS, work.OTHERS, work.EXPORTS)
    found = set()
    for address in chain(*pages):
        path = address.partition("?")[0]
        for name in ("{saved}", "{refused}", "{signed}", "{wrong}", "{file}", "{gone}", "*"):
            path = path.replace(name, "1")
        try:
            found.add(str(resolve(path).url_name))
        except Resolver404:
            assert path == "/nothing/", path
    return found


@pytest.mark.parametrize("name", sorted(EVERY.keys() - POSTED))
def test_it_is_looked_at(name: str) -> None:
    assert name in looked_at(), EVERY[name]

"""Tags of answers: another for other words, and named by a client weakly or not at all."""

import pytest
from django.test import RequestFactory

from peacekeeping.tags import is_named, tag_of


def test_it_works() -> None:
    assert tag_of("a", "b") == tag_of("a", "b")
    assert len({tag_of("a", "b"), tag_of("ab"), tag_of("a", "b", ""), tag_of("b", "a")}) == 4


@pytest.mark.parametrize(
    ("header", "named"),
    [("{tag}", True), ('"other", {tag}', True), ("{strong}", True), ('W/"other"', False), ("*", False), ("", False)],
)
def test_who_names_a_tag(header: str, named: bool) -> None:
    tag = tag_of("the answer")
    said = header.format(tag=tag, strong=tag.removeprefix("W/"))
    request = RequestFactory().get("/", headers={"If-None-Match": said} if said else {})
    assert is_named(request, tag) is named

"""docs/openapi.yaml is what the code says, and the API keeps to it whatever is asked.

Schemathesis takes seconds to import and every process of a run collects every file: it comes when a test asks for it.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings

from tests.factories import make_casualty, make_country, make_release, make_statement
from tests.kept import standing

if TYPE_CHECKING:
    import schemathesis

    Operations = dict[str, schemathesis.APIOperation[Any, Any, Any, Any]]

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "docs" / "openapi.yaml"
EXAMPLES = 6
PATHS = yaml.load(FILE.read_text(), yaml.CSafeLoader)["paths"]
LABELS = [f"{method.upper()} {path}" for path, operations in PATHS.items() for method in operations]
MODES = ["positive", "negative"]
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_file_is_printed_from_the_code(tmp_path: Path) -> None:
    printed = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(printed), validate=True, fail_on_warn=True)
    assert printed.read_text() == FILE.read_text(), "manage.py spectacular --file docs/openapi.yaml prints it anew"


def test_every_operation_says_how_it_fails() -> None:
    operations = [found for path in PATHS.values() for found in path.values()]
    assert len(operations) == len(LABELS) == 15
    for operation in operations:
        assert {"200", "304", "400", "401", "403", "406", "409", "429"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"]


@pytest.fixture(scope="module")
def operations() -> "Operations":
    """What schemathesis finds in the file, by method and path."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig

    schema = schemathesis.openapi.from_path(FILE, config=SchemathesisConfig.from_path(ROOT / "schemathesis.toml"))
    return {found.ok().label: found.ok() for found in schema.get_all_operations()}  # type: ignore[union-attr]


def test_every_operation_is_found_and_asked_in_every_mode(operations: "Operations") -> None:
    from schemathesis import GenerationMode

    assert list(operations) == LABELS
    assert {mode.value for mode in GenerationMode} == set(MODES)


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_some_data() -> None:
    make_release(released_on=date(2023, 6, 30))
    make_release()
    make_country(iso3="TCD")
    for year in (2017, 2019, 2023):
        make_casualty(occurred_on=date(year, 1, 20))
    make_casualty(outcome="injury", severity="serious")
    make_casualty(reference="MINUSMA-1", known_at=date(2023, 11, 28), cause="illness")
    make_statement(key="said-once")


some_data = standing(make_some_data)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A server closes its connection after a request; the records of a test are in the transaction of this one."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("some_data", "one_connection")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("label", LABELS)
def test_it_answers_as_described(operations: "Operations", label: str, mode: str) -> None:
    from schemathesis import GenerationMode

    operation, application = operations[label], get_wsgi_application()

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
    def ask(case: "schemathesis.Case") -> None:
        case.call_and_validate(app=application)

    ask()

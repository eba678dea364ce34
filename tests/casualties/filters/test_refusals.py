"""An unknown or invalid filter is refused by name, never ignored."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from casualties.counts import count
from casualties.filters import PUBLIC, ProblemKind, SelectionRefused, forget_basis, select
from missions.models import ImportBatch
from tests.factories import make_casualty, make_country, make_mission, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def something_loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker):
        make_mission(acronym="UNEF")
        make_mission(acronym="UNEF I", umbrella=make_mission(acronym="UNEF"))
        make_mission(acronym="UNOCI", aliases=["ONUCI"])
        make_mission(acronym="UNAMA", kind="spm")
        make_country()
        make_release()
        make_casualty()
        yield


def problem(query: str, **options: Any) -> tuple[str, str]:
    (found,) = select(query, PUBLIC, **options).problems
    return found.parameter, found.reason


@pytest.mark.parametrize(
    ("query", "parameter", "reason"),
    [
        ("cuase=illness", "cuase", "is not a filter"),
        ("cause=disease", "cause", "is not one of the allowed values"),
        ("cause=Illness", "cause", "is not one of the allowed values"),
        ("mission=MINUSMAX", "mission", "is not one of the allowed values"),
        ("mission=UNEF+I", "mission", "has no records of its own; they are filed under UNEF"),
        ("family=UNOCI", "family", "is a mission without a family: ask for mission=UNOCI"),
        ("family=NOWHERE", "family", "is not one of the allowed values"),
        ("nationality=XXX", "nationality", "is not one of the allowed values"),
        ("nationality=ZZZ", "nationality", "is not one of the allowed values"),
        ("scope=everything", "scope", "is not one of the allowed values"),
        ("outcome=both", "outcome", "is not one of the allowed values"),
        ("from=13", "from", "is not a year of four digits"),
        ("from=2013.0", "from", "is not a year of four digits"),
        ("from=٢٠١٣", "from", "is not a year of four digits"),
        ("from=1900", "from", "lies before 1945, the year the UN was founded"),
        ("to=2024", "to", "lies after 2023, the last year that the release covers"),
        ("date_from=2024-01-01", "date_from", "lies after 2023, the last year that the release covers"),
        (
            "date_from=2023-11-29",
            "date_from",
            "lies after 2023-11-28, the day of the release, which knows nothing of later days",
        ),
        ("from=2019&to=2018", "from", "lies after to=2018"),
        ("from=2018&from=2019", "from", "may be given once only"),
        ("scope=all&scope=pko", "scope", "may be given once only"),
        ("date_from=2019-2-1", "date_from", "is not a day written as YYYY-MM-DD"),
        ("date_from=2019-02-30", "date_from", "is not a day written as YYYY-MM-DD"),
        ("date_from=2019-02-02&date_to=2019-02-01", "date_from", "lies after date_to=2019-02-01"),
        ("date_from=2019-02-02&to=2020", "date_from", "cannot stand together with to"),
        ("scope=pko&kind=spm", "kind", "excludes scope=pko"),
        ("scope=uniformed-pko&kind=spm&kind=other", "kind", "excludes scope=uniformed-pko"),
        ("scope=uniformed&personnel=local-civilian", "personnel", "excludes scope=uniformed"),
        ("mission=%00", "mission", "is not one of the allowed values"),
    ],
)
def test_it_is_refused_by_name(query: str, parameter: str, reason: str) -> None:
    assert problem(query) == (parameter, reason)


def test_a_refused_selection_has_no_rows_and_no_figure() -> None:
    selection = select("cuase=illness", PUBLIC)
    assert not selection.rows.exists()
    with pytest.raises(SelectionRefused, match="cuase is not a filter"):
        count(selection)


@pytest.mark.parametrize("query", ["outcome=both", "outcome=fatality&outcome=injury"])
def test_the_allowed_values_are_named(query: str) -> None:
    (found,) = select(query, PUBLIC).problems
    assert found.allowed == ("fatality", "injury", "all")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_kinds_are_the_same_in_every_language(language: str) -> None:
    with override(language):
        kinds = [select(query, PUBLIC).problems[0].kind for query in ("cuase=x", "to=2024", "from=2019&to=2018")]
    assert kinds == [ProblemKind.UNKNOWN_NAME, ProblemKind.NOT_COVERED_YET, ProblemKind.OTHER]


def test_a_problem_reads_as_a_sentence() -> None:
    (found,) = select("from=2019&to=2018", PUBLIC).problems
    assert str(found) == "from=2019 lies after to=2018"


def test_an_endpoint_has_parameters_of_its_own() -> None:
    assert not select("view=people&cause=illness", PUBLIC, own={"view"}).problems
    assert problem("view=people") == ("view", "is not a filter")


@pytest.mark.parametrize("query", ["mission=UNAMA", "mission=MINUSMA", "family=UNEF"])
def test_a_missions_own_page_refuses_another_word_for_it(query: str) -> None:
    name = query.split("=", maxsplit=1)[0]
    assert problem(query, fixed={"mission": "MINUSMA"}) == (name, "is already said by the address of this page")


def test_partly_excluding_values_stand() -> None:
    assert not select("scope=pko&kind=spm&kind=pko", PUBLIC).problems
    assert not select("scope=uniformed&personnel=police&personnel=other", PUBLIC).problems


def test_an_empty_value_is_an_absent_one() -> None:
    selection = select(QueryDict("mission=&cause=&from=&to=+&scope="), PUBLIC)
    assert not selection.problems
    assert selection.query_string == ""


def test_too_many_parameters_or_values_are_refused() -> None:
    assert select("&".join(f"x{n}=1" for n in range(3000)), PUBLIC).problems
    assert problem("&".join(["cause=illness"] * 201)) == ("cause", "has more than 200 values")


def test_a_huge_value_is_named_short() -> None:
    (found,) = select({"cause": "x" * 10_000}, PUBLIC).problems
    assert len(str(found)) < 200


def test_annual_counts_know_no_days_and_no_gender() -> None:
    ImportBatch.objects.update(kind=ImportBatch.Kind.BUNDLE)
    forget_basis()
    for query in ("gender=f", "date_from=2019-01-01", "date_to=2019-12-31"):
        assert problem(query)[1] == "is not available: annual counts only"


def test_with_nothing_loaded_no_year_is_too_late() -> None:
    ImportBatch.objects.all().delete()
    forget_basis()
    selection = select(f"to={date(2030, 1, 1).year}", PUBLIC)
    assert not selection.problems
    assert selection.known_at is None

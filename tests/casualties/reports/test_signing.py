"""What was signed stays: nothing changes or removes it, whoever may not see its records does not see it."""

import hashlib
from datetime import date

import pytest
from django.db import InternalError, connection, transaction
from django.utils import translation

from casualties.filters import PUBLIC, Viewer, forget_basis, load_basis
from casualties.models import Casualty, SignedReport
from casualties.reports.asked import ask
from casualties.reports.comparing import differences, recount, recount_then, signed_figures, zeros_taken_back
from casualties.reports.signing import DoesNotAddUpError, Draft, draft_of, sign, viewer_of_signed
from tests.factories import data_manager, make_casualty, make_mission, make_release
from tests.kept import standing

pytestmark = pytest.mark.django_db
QUERY = "rows=mission&columns=cause"
EVERYTHING = Viewer(missions=None)


def make_world() -> None:
    make_release()
    make_casualty()
    make_casualty(cause="illness")
    make_casualty(mission=make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19)), released=False)


world = standing(make_world)


def draft(query: str = QUERY, viewer: Viewer = PUBLIC, report: str = "build") -> Draft:
    return draft_of(ask(report, query, viewer, load_basis()))


def signed(query: str = QUERY, viewer: Viewer = PUBLIC, report: str = "build") -> SignedReport:
    return sign(draft(query, viewer, report), data_manager(), "Checked against the file of 1 December.")[0]


@pytest.mark.usefixtures("world")
def test_everything_that_figures_rest_on_is_kept() -> None:
    with translation.override("fr"):  # what is signed is in the language of files, whoever signs
        kept = signed(f"{QUERY}&suppress=0&from=2019")
    kept.refresh_from_db()
    assert kept.query == f"{QUERY}&from=2019"
    assert kept.title == "Deaths by mission and cause"
    assert kept.selection == "all peace operations, all personnel; deaths; incidents since 2019"
    assert (kept.known_at, kept.release_date) == (date(2023, 11, 28), date(2023, 11, 28))
    assert kept.data_version == load_basis().version
    assert kept.signed_name == "data.manager@example.org"
    assert kept.check_line.endswith("are one number: 2")
    assert hashlib.sha256(bytes(kept.csv)).hexdigest() == kept.csv_sha256
    assert hashlib.sha256(bytes(kept.xlsx)).hexdigest() == kept.xlsx_sha256
    assert bytes(kept.csv).decode().splitlines()[-1].startswith("all,total,1,0,1,0,0,0,2,2023-11-28")
    assert signed_figures(kept)[("MINUSMA",), "illness"] == 1


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casualties_signedreport SET statement = 'other'",
        "UPDATE casualties_signedreport SET csv = ''",
        "DELETE FROM casualties_signedreport",
        "TRUNCATE casualties_signedreport CASCADE",
    ],
)
def test_nothing_changes_or_removes_it(statement: str) -> None:
    kept = signed()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with triggers that wait is not emptied anyway
        with pytest.raises(InternalError, match="kept as it was signed"), transaction.atomic():
            cursor.execute(statement)
    assert SignedReport.objects.get().csv_sha256 == kept.csv_sha256


@pytest.mark.usefixtures("world")
def test_the_same_figures_are_signed_once_by_somebody() -> None:
    user, found = data_manager(), draft()
    first, new = sign(found, user, "right")
    again, newer = sign(draft(), user, "right again")
    assert (new, newer, again.pk) == (True, False, first.pk)
    assert SignedReport.objects.get().statement == "right"
    other, newest = sign(draft(viewer=EVERYTHING), user, "with the confirmed ones")
    assert (newest, other.confirmed, other.missions) == (True, True, [])


@pytest.mark.usefixtures("world")
def test_a_table_that_does_not_add_up_is_not_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casualties.reports.tables._recounted", lambda report, selection: 99)
    with pytest.raises(DoesNotAddUpError, match="people counted again 99"):
        sign(draft(), data_manager(), "right")
    assert not SignedReport.objects.exists()


@pytest.mark.usefixtures("world")
def test_the_seal_is_another_as_soon_as_anything_is() -> None:
    seals = {draft().seal, draft("rows=mission").seal, draft(viewer=EVERYTHING).seal, draft(f"{QUERY}&suppress=3").seal}
    assert len(seals) == 4
    before = draft().seal
    assert draft().seal == before
    make_casualty()
    assert draft().seal != before


@pytest.mark.usefixtures("world")
def test_it_is_open_to_those_who_see_what_was_counted() -> None:
    minusma, unifil = (make_mission(acronym=name).pk for name in ("MINUSMA", "UNIFIL"))
    released, everything = signed(), None
    user = released.signed_by
    everything = sign(draft(viewer=EVERYTHING), user, "x")[0]
    of_unifil = sign(draft(viewer=Viewer(missions=frozenset({unifil}))), user, "x")[0]

    def open_to(missions: frozenset[int] | None) -> set[int]:
        return set(SignedReport.objects.open_to(missions).values_list("pk", flat=True))

    assert open_to(frozenset()) == open_to(frozenset({minusma})) == {released.pk}
    assert open_to(frozenset({minusma, unifil})) == {released.pk, of_unifil.pk}
    assert open_to(None) == {released.pk, everything.pk, of_unifil.pk}
    assert viewer_of_signed(of_unifil) == Viewer(missions=frozenset({unifil}))
    assert viewer_of_signed(everything) == EVERYTHING
    assert recount(everything, load_basis()).cells[("UNIFIL",), "persons"].figure == 1


@pytest.mark.usefixtures("world")
def test_other_numbers_of_today_are_found() -> None:
    kept = signed()
    now = recount(kept, load_basis())
    assert differences(signed_figures(kept), now.cells) == []
    assert recount_then(kept, load_basis(), now) is now  # nothing newer was published
    Casualty.objects.filter(cause="illness").delete()
    make_casualty(mission=make_mission(acronym="UNIFIL"), cause="accident")
    found = differences(signed_figures(kept), recount(kept, load_basis()).cells)
    assert [(item.place, item.signed, item.now) for item in found] == [
        ((("MINUSMA",), "illness"), 1, 0),
        ((("MINUSMA",), "persons"), 2, 1),
        ((("all",), "accident"), 0, 1),
        ((("all",), "illness"), 1, 0),
        ((("UNIFIL",), "accident"), 0, 1),
        ((("UNIFIL",), "persons"), 0, 1),
    ]


@pytest.mark.usefixtures("world")
def test_after_a_newer_release_the_signed_numbers_are_those_of_their_day() -> None:
    kept = signed()
    make_release(released_on=date(2024, 1, 31))
    make_casualty(known_at=date(2024, 1, 31))
    forget_basis()
    now = recount(kept, load_basis())
    then = recount_then(kept, load_basis(), now)
    assert now.cells[("all",), "persons"].figure == 3
    assert then.cells[("all",), "persons"].figure == 2
    assert differences(signed_figures(kept), then.cells) == []
    assert then.asked.asked.one("known_at") == "2023-11-28"


@pytest.mark.usefixtures("world")
def test_what_the_report_settled_itself_is_signed() -> None:
    """Months are of the last year that was covered; next year they would be of another."""
    assert signed("", report="by-month-and-cause").query == "from=2023&to=2023"


@pytest.mark.usefixtures("world")
def test_what_was_not_known_is_kept_as_nothing_until_it_is_a_number() -> None:
    kept = signed("", report="by-month-and-cause")
    kept.refresh_from_db()
    assert [row for row in kept.frame["rows"] if row[0] == 12] == [[12, "part", *[None] * 7]]
    assert bytes(kept.csv).decode().splitlines()[-2] == "12,part,,,,,,,,2023-11-28,p"
    assert differences(signed_figures(kept), recount(kept, load_basis()).cells) == []
    make_release(released_on=date(2024, 1, 31))
    for _n in range(3):
        make_casualty(occurred_on=date(2023, 12, 3), cause="illness", known_at=date(2024, 1, 31))
    forget_basis()
    now = recount(kept, load_basis())
    found = {item.place: (item.signed, item.now) for item in differences(signed_figures(kept), now.cells)}
    assert found[("12",), "illness"] == found[("12",), "persons"] == (None, 3)
    assert found[("12",), "accident"] == (None, 0)  # counted now, and nobody
    assert found[("all",), "persons"] == (0, 3)
    assert len(found) == 7 + 2
    then = recount_then(kept, load_basis(), now)
    assert then.cells[("12",), "illness"].figure is None
    assert differences(signed_figures(kept), then.cells) == []


@pytest.mark.usefixtures("world")
def test_a_zero_that_was_signed_where_nothing_is_known_is_no_other_number() -> None:
    """Tables had a 0 there once; what was signed stays as it is, and nobody is counted today either."""
    kept = signed("", report="by-month-and-cause")
    now = recount(kept, load_basis()).cells
    december = ("12",), "persons"
    assert not zeros_taken_back(signed_figures(kept), now)
    then = {**signed_figures(kept), december: 0, (("13",), "persons"): 0}
    assert differences(then, now) == []
    assert zeros_taken_back(then, now)
    (found,) = differences({**then, december: 2}, now)
    assert (found.place, found.signed, found.now) == (december, 2, None)

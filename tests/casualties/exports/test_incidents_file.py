"""incidents.csv: deaths and injuries of selected people side by side, and of whole incidents."""

from datetime import date

import pytest

from casualties.counts import NotAvailable
from casualties.exports.columns import INCIDENTS
from casualties.exports.files import incidents_file
from casualties.filters import EVERYTHING, PUBLIC, select
from tests.casualties.exports.reading import rows_of, text_of
from tests.factories import make_annual_count, make_casualty, make_country, make_mission, make_release

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = ["incident", "deaths", "injuries", "all_deaths", "all_injuries"]


def numbers(query: str) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in rows_of(incidents_file(select(query, PUBLIC), columns=NUMBERS))]


def test_it_works() -> None:
    make_release()
    chad, niger = make_country(), make_country(iso3="NER")
    make_casualty(nationality=niger)
    make_casualty(nationality=chad, personnel="police")
    make_casualty(nationality=chad)
    make_casualty(mission=make_mission(acronym="UNIFIL", kind="pko"), occurred_on=date(2023, 2, 1), cause="accident")
    file = incidents_file(select("", PUBLIC))
    assert file.name == "incidents_2023-11-28.csv"
    assert text_of(file) == (
        "incident,mission,mission_kind,date,date_precision,year,cause,deaths,injuries,all_deaths,all_injuries,personnel,"
        "nationalities,grouping,release,mark\r\n"
        "UNIFIL-2023-02-01-accident,UNIFIL,pko,2023-02-01,day,2023,accident,1,,1,,military,not-recorded,derived,"
        "2023-11-28,p\r\n"
        "MINUSMA-2019-01-20-malicious-act,MINUSMA,pko,2019-01-20,day,2019,malicious-act,3,,3,,military; police,"
        "NER; TCD,derived,2023-11-28,\r\n"
    )


def test_the_whole_incident_stands_beside_the_selected_people() -> None:
    make_release()
    make_casualty(nationality=make_country())
    make_casualty(nationality=make_country(iso3="NER"))
    make_casualty(nationality=make_country(iso3="NER"), released=False)
    assert numbers("nationality=TCD") == [("MINUSMA-2019-01-20-malicious-act", "1", "", "2", "")]


def test_injuries_are_empty_until_somebody_records_them() -> None:
    make_release()
    make_casualty()
    assert numbers("")[0][1:] == ("1", "", "1", "")
    make_casualty(mission=make_mission(acronym="UNIFIL"), outcome="injury")
    assert numbers("") == [("MINUSMA-2019-01-20-malicious-act", "1", "0", "1", "0")]


def test_deaths_and_injuries_under_the_same_filters() -> None:
    make_release()
    chad = make_country()
    make_casualty(nationality=chad)
    make_casualty(nationality=chad, outcome="injury")
    make_casualty(outcome="injury")
    make_casualty(outcome="injury", occurred_on=date(2018, 3, 1))
    first, second = "MINUSMA-2019-01-20-malicious-act", "MINUSMA-2018-03-01-malicious-act"
    assert numbers("") == [(first, "1", "2", "1", "2")]
    assert numbers("nationality=TCD") == [(first, "1", "1", "1", "2")]
    assert numbers("outcome=injury") == [(first, "1", "2", "1", "2"), (second, "0", "1", "0", "1")]
    assert numbers("outcome=all&nationality=TCD") == [(first, "1", "1", "1", "2")]


def test_what_is_not_counted_is_not_there() -> None:
    make_release()
    make_casualty(released=False)
    make_casualty(state="withdrawn", withdrawn_on=date(2023, 11, 28))
    assert numbers("") == []


def test_people_without_an_incident_are_in_none() -> None:
    make_release()
    make_casualty()
    make_annual_count(persons=5)
    assert [row[1] for row in numbers("")] == ["1"]


def test_not_available_from_annual_counts() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=3)
    with pytest.raises(NotAvailable, match="annual counts only"):
        incidents_file(select("", PUBLIC))


def test_every_column_can_be_asked_for() -> None:
    make_release()
    make_casualty()
    names = [column.name for column in INCIDENTS]
    assert len(names) == len(set(names))
    rows = rows_of(incidents_file(select("", EVERYTHING), columns=names, header=True))
    assert list(rows[0]) == names

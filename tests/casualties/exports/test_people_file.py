"""casualties.csv: the selected people, cell by cell. Committed data, because COPY reads on a connection of its own."""

from datetime import date
from itertools import chain

import pytest

from casualties.choices import DatePrecision
from casualties.counts import NotAvailable
from casualties.exports.files import DataMoved, UnknownColumn, people_file
from casualties.filters import PUBLIC, SelectionRefused, select
from casualties.models import Casualty
from missions.models import Country
from peacekeeping.tables.writing import neutral
from tests.casualties.exports.reading import rows_of, text_of
from tests.factories import make_annual_count, make_casualty, make_country, make_incident, make_mission, make_release

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_works() -> None:
    make_release()
    make_casualty(nationality=make_country(), gender="m", reference="MINUSMA-2019-01-00038")
    make_casualty(cause="illness", occurred_on=date(2023, 5, 2), personnel="police", reference="MINUSMA-2023-05-00001")
    file = people_file(select("", PUBLIC))
    assert file.name == "casualties_2023-11-28.csv"
    assert text_of(file) == (
        "reference,incident,mission,mission_kind,date,date_precision,year,cause,outcome,severity,persons,personnel,"
        "nationality,nationality_name,other_nationalities,gender,died_on,known_at,release,mark\r\n"
        f"MINUSMA-2023-05-00001,{Casualty.objects.get(year=2023).incident.key},MINUSMA,pko,2023-05-02,day,2023,illness,"  # type: ignore[union-attr]
        "fatality,,1,police,not-recorded,Not recorded,,not-recorded,,2023-11-28,2023-11-28,p\r\n"
        "MINUSMA-2019-01-00038,MINUSMA-2019-01-20-malicious-act,MINUSMA,pko,2019-01-20,day,2019,malicious-act,"
        "fatality,,1,military,TCD,Chad,,m,,2023-11-28,2023-11-28,\r\n"
    )


def test_only_the_selected_people() -> None:
    make_release()
    make_casualty()
    make_casualty(cause="illness")
    make_casualty(outcome="injury", severity="serious")
    make_casualty(released=False)
    assert [row["cause"] for row in rows_of(people_file(select("cause=illness", PUBLIC)))] == ["illness"]
    assert len(rows_of(people_file(select("", PUBLIC)))) == 2
    injured = rows_of(people_file(select("outcome=injury", PUBLIC)))
    assert [(row["outcome"], row["severity"]) for row in injured] == [("injury", "serious")]


def test_no_row_can_match() -> None:
    """Django answers such a query without the database; the file still has its headings."""
    make_release()
    make_casualty()
    assert text_of(people_file(select("kind=other", PUBLIC), columns=["date", "cause"])) == "date,cause\r\n"
    empty = text_of(people_file(select("cause=unknown", PUBLIC), columns=["date"], header=True))
    assert "# rows: 0\r\n" in empty
    assert empty.endswith("\r\ndate\r\n")


def test_what_is_not_known_of_a_date_is_not_there() -> None:
    make_release()
    for precision in DatePrecision.values:
        incident = make_incident(occurred_on=date(2018, 1, 1), occurred_precision=precision, key=precision)
        make_casualty(incident=incident)
    cells = {row["date_precision"]: row["date"] for row in rows_of(people_file(select("", PUBLIC)))}
    assert cells == {"day": "2018-01-01", "month": "2018-01", "year": "2018"}


def test_blanks_and_labels() -> None:
    make_release()
    undetermined = make_country(iso3="ZZZ", name="Undetermined", status=Country.Status.UNDETERMINED)
    make_casualty(nationality=undetermined, reference="a")
    make_casualty(nationality=make_country(iso3="SCG"), other_nationalities=["MNE", "YUG"], reference="b")
    rows = {row["reference"]: row for row in rows_of(people_file(select("", PUBLIC)))}
    assert (rows["a"]["nationality"], rows["a"]["nationality_name"]) == ("undetermined", "Undetermined")
    assert rows["b"]["other_nationalities"] == "MNE; YUG"


def test_free_text_is_neutral_as_in_python() -> None:
    make_release()
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\rx",
        "  =1",
        "＝1",
        "plain",
        'a "quoted", cell',
        "x\r\ny",
        "a=b",
        "\x01-1",
    ]
    for text in texts:
        make_casualty(reference=text)
    rows = rows_of(people_file(select("", PUBLIC), columns=["reference"]))
    assert sorted(row["reference"] for row in rows) == sorted(neutral(text) for text in texts)


def test_a_line_break_in_a_cell_stays_within_its_quotes() -> None:
    make_release()
    make_casualty(reference="first\r\nsecond")
    text = text_of(people_file(select("", PUBLIC), columns=["reference"]))
    assert text == 'reference\r\n"first\nsecond"\r\n'


def test_the_header_says_what_the_file_is() -> None:
    make_release()
    make_casualty()
    make_casualty()
    text = text_of(people_file(select("cause=malicious-act&from=2013&to=2019", PUBLIC), header=True, columns=["date"]))
    assert text.splitlines()[:10] == [
        "# source: United Nations Peace & Security Data Hub, DPPADPOSS-FATALITIES, release of 2023-11-28",
        "# licence: Creative Commons Attribution for Intergovernmental Organisations (CC BY IGO)",
        "# scope: all peace operations, all personnel",
        "# counting: deaths, one per person",
        "# selection: all peace operations, all personnel; deaths; cause: Malicious act; incidents of 2013 to 2019",
        "# query: cause=malicious-act&from=2013&to=2019",
        "# known at: 2023-11-28",
        f"# data version: {select('', PUBLIC).basis.version}",
        "# rows: 2",
        "# marks: p = provisional: 2023 is still open",
    ]
    assert text.splitlines()[10:] == ["date", "2019-01-20", "2019-01-20"]


def test_annual_counts_are_rows_with_their_persons() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=7, year=2014)
    text = text_of(people_file(select("", PUBLIC), columns=["reference", "incident", "date", "persons"], header=True))
    assert text.splitlines()[-2:] == ["reference,incident,date,persons", ",,2014,7"]
    assert "annual counts derived from the release of 2023-11-28" in text


def test_columns_are_chosen_by_name_and_unknown_ones_are_refused() -> None:
    make_release()
    make_casualty()
    selection = select("", PUBLIC)
    assert rows_of(people_file(selection, columns=["cause", "region"])) == [{"cause": "malicious-act", "region": ""}]
    with pytest.raises(UnknownColumn) as refused:
        people_file(selection, columns=["cause", "name_of_the_dead"])
    assert refused.value.name == "name_of_the_dead"
    assert "cause" in refused.value.allowed


def test_no_file_of_what_cannot_be_told() -> None:
    with pytest.raises(NotAvailable, match="no data are loaded"):
        people_file(select("", PUBLIC))
    make_release()
    with pytest.raises(SelectionRefused):
        people_file(select("cuase=illness", PUBLIC))
    with pytest.raises(NotAvailable, match="no injuries"):
        people_file(select("outcome=injury", PUBLIC))


def test_no_file_that_mixes_two_versions() -> None:
    make_release()
    selection = select("", PUBLIC)
    make_casualty()
    with pytest.raises(DataMoved):
        people_file(selection)


def test_the_name_says_the_selection() -> None:
    make_release()
    for acronym in ("UNAMA", "UNIFIL", "UNMIS", "UNTSO"):
        make_mission(acronym=acronym)
    names = {
        "mission=UNIFIL&mission=UNTSO&gender=f": "casualties_2023-11-28_mission-UNIFIL+UNTSO_gender-f.csv",
        "&".join(
            f"mission={m}" for m in ("UNAMA", "UNIFIL", "UNMIS", "UNTSO")
        ): "casualties_2023-11-28_mission-4-values.csv",
    }
    for query, name in names.items():
        file = people_file(select(query, PUBLIC))
        file.blocks.close()  # type: ignore[attr-defined]
        assert file.name == name


def test_a_long_name_ends() -> None:
    make_release()
    causes = "&".join(f"cause={cause}" for cause in ("malicious-act", "accident", "self-inflicted"))
    personnel = "&".join(
        f"personnel={kind}" for kind in ("military-observer", "international-civilian", "local-civilian")
    )
    file = people_file(select(f"{causes}&{personnel}&gender=not-recorded&from=1990&to=2020", PUBLIC))
    file.blocks.close()  # type: ignore[attr-defined]
    assert file.name.endswith("_and-more.csv")
    assert len(file.name) < 180


def test_unicode() -> None:
    make_release()
    make_casualty(nationality=make_country(iso3="CIV", name="Côte d'Ivoire"))
    assert rows_of(people_file(select("", PUBLIC)))[0]["nationality_name"] == "Côte d'Ivoire"


def test_every_column_can_be_asked_for() -> None:
    from casualties.exports.columns import PEOPLE
    from casualties.filters import EVERYTHING

    make_release()
    make_casualty()
    names = [column.name for column in PEOPLE]
    assert len(names) == len(set(names))
    assert list(chain.from_iterable(rows_of(people_file(select("", EVERYTHING), columns=names)))) == names

"""Shares beside all others: whole per cent, none for a base below 20."""

import pandas as pd
import pytest

from casualties.charts.embed import Embed
from casualties.charts.shares import shares
from casualties.choices import Cause
from tests.casualties.charts.frames_of import ILL, TBD, A, M, drawn


def counts(**persons: int) -> pd.DataFrame:
    names = {"m": M, "a": A, "ill": ILL, "tbd": TBD}
    return pd.DataFrame({"cause": [names[name] for name in persons], "persons": list(persons.values())})


def chart(subject: pd.DataFrame, others: pd.DataFrame) -> Embed:
    names = {"name": "MINUSMA", "others_name": "all other missions", "span": "2013 to 2023 (p)"}
    return shares(subject, others, id="shares", scope="all personnel", **names)


def test_it_works() -> None:
    found = chart(counts(m=174, a=38, ill=83, tbd=14), counts(m=163, a=159, ill=502, tbd=87))
    assert found.title == "Malicious acts: 56% of deaths in MINUSMA, 18% in all other missions"
    others, subject = drawn(found).data[-2:]
    assert (others.name, subject.name) == ("all other missions", "MINUSMA")
    assert round(subject.x[0], 2) == round(100 * 174 / 309, 2)
    assert list(subject.y) == [cause.label for cause in Cause]
    assert subject.x[3] == 0  # a counted zero is drawn


def test_a_cause_colour_means_that_cause_and_nothing_else() -> None:
    others, subject = drawn(chart(counts(m=20), counts(a=20))).data[-2:]
    assert list(subject.marker.color)[:3] == ["var(--malicious)", "var(--accident)", "var(--illness)"]
    assert others.marker.color == "var(--paper)"


def test_fewer_than_twenty_have_counts_and_no_share() -> None:
    found = chart(counts(m=6, a=1), counts(m=163, a=159))
    assert found.figure is None
    assert found.title == "Too few deaths in MINUSMA for shares: 7"
    assert [cell.text for cell in found.table.rows[0].cells] == ["Malicious act", "6", "–", "163", "51"]
    assert chart(counts(), counts(m=163)).title == "Too few deaths in MINUSMA for shares: none"
    assert chart(counts(m=163), counts(m=19)).title == "Too few deaths in all other missions for shares: 19"


def test_equal_shares_are_no_difference() -> None:
    found = chart(counts(m=10, a=10), counts(m=100, a=100))
    assert found.title == "Shares by cause in MINUSMA and all other missions are the same to a whole per cent"


def test_parts_of_the_table_add_up() -> None:
    rows = chart(counts(m=174, a=38), counts(m=163, ill=9)).table.rows
    assert sum(int(row.cells[1].text) for row in rows[:-1]) == int(rows[-1].cells[1].text) == 212
    assert rows[-1].total


@pytest.mark.parametrize(
    "frame", [pd.DataFrame({"cause": ["hostile"], "persons": [1]}), pd.DataFrame({"cause": [M], "persons": [None]})]
)
def test_what_is_no_count_of_a_cause_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="shares need a count"):
        chart(frame, counts(m=100))

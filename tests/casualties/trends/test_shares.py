"""Shares of the causes."""

import pandas as pd

from casualties.trends.shares import add_shares


def test_it_works() -> None:
    counts = pd.DataFrame(
        {
            "year": [2013, 2013, 2014, 2014],
            "cause": ["malicious-act", "illness", "malicious-act", "illness"],
            "persons": [15, 25, 4, 15],
        }
    )
    found = add_shares(counts, within=["year"])
    assert found["of_all"].tolist() == [40, 40, 19, 19]
    assert found["share"].tolist()[:2] == [0.375, 0.625]
    assert found["share"].isna().tolist() == [False, False, True, True]  # fewer than 20 people
    assert "share" not in counts


def test_a_cause_of_nobody_has_a_share_of_0() -> None:
    counts = pd.DataFrame({"first_year": [2013] * 2, "cause": ["illness", "unknown"], "persons": [20, 0]})
    assert add_shares(counts, within=["first_year"])["share"].tolist() == [1, 0]

"""Examples of docs/method.md on the real release: selected, counted and judged as the product does it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import F

from casualties.charts.window_titles import line_of
from casualties.choices import UNIFORMED, Cause
from casualties.counts import NotAvailable, count, fill_years, open_period, same_days, total
from casualties.filters import PUBLIC, Selection, select
from casualties.models import Casualty, Statement
from casualties.statements.checking import judged
from casualties.trends.comparing import Side, compare
from casualties.trends.coverage import denominators, mark_covered, mission_strengths, numerators
from casualties.trends.dispersion import clustered_interval, dispersion, incident_sizes
from casualties.trends.live import windows_for
from casualties.trends.rates import count_interval, rates
from casualties.trends.reporting_delay import reporting_delay
from casualties.trends.shares import add_shares
from casualties.trends.windows import disjoint_highest
from missions.models import ImportBatch, Strength, current_release


def chosen(query: str) -> Selection:
    return select(query, PUBLIC)


def windows(query: str) -> pd.DataFrame:
    frame = windows_for(chosen(query))
    return frame.set_index("first_year", drop=False).rename_axis(None)


def yearly(query: str, years: range) -> pd.DataFrame:
    return fill_years(count(chosen(query), ["year"]), years)


def records(causes: Sequence[str] = ()) -> pd.DataFrame:
    """Counted people: mission, year, month, cause, personnel, incident, persons."""
    rows = Casualty.objects.counted().filter(cause__in=causes or Cause.values)
    columns = ["mission", "year", "month", "cause", "personnel", "incident", "persons"]
    values = rows.values_list(
        F("mission__acronym"), "year", F("occurred_on__month"), "cause", "personnel", "incident_id", "persons"
    )
    return pd.DataFrame(list(values), columns=columns)


def strengths() -> pd.DataFrame:
    columns = ["mission", "year", "category", "person_years", "months", "months_filled"]
    return mission_strengths(
        pd.DataFrame(list(Strength.objects.values_list("mission__acronym", *columns[1:])), columns=columns)
    )


def covered(causes: Sequence[str] = ()) -> pd.DataFrame:
    people = records(causes)
    return mark_covered(people[people["personnel"].isin(UNIFORMED)], strengths())


def people() -> dict[str, Any]:
    batch = ImportBatch.objects.get(state=ImportBatch.State.APPLIED)
    return {"rows": batch.rows, "people": batch.persons, "counted": total(chosen(""))}


def injuries(query: str) -> dict[str, Any]:
    try:
        total(chosen(query))
    except NotAvailable as reason:
        return {"answer": str(reason)}
    raise AssertionError("injuries were counted")


def scopes(query: str) -> dict[str, Any]:
    names = ("all", "pko", "uniformed", "uniformed-pko")
    return {name: total(chosen(query).change(scope=name)) for name in names}


def nationalities(queries: list[str]) -> dict[str, Any]:
    return {"people": [total(chosen(query)) for query in queries]}


def incidents(query: str) -> dict[str, Any]:
    selection = chosen(query)
    return {"people": total(selection), "incidents": total(selection, measure="incidents")}


def years() -> dict[str, Any]:
    release = current_release()
    assert release is not None
    return {
        "first_year": int(count(chosen(""), ["year"])["year"].min()),
        "last_covered_year": release.last_covered_year,
        "provisional": release.last_year_is_provisional,
    }


def window_counts(query: str, first_years: list[int]) -> dict[str, Any]:
    return {"people": windows(query).loc[first_years, "persons"].tolist()}


def complete_windows(query: str) -> dict[str, Any]:
    frame = windows(query)
    complete = frame[frame["complete"]]
    return {
        "windows": len(frame),
        "complete": complete["first_year"].tolist(),
        "provisional": frame.loc[frame["provisional"], "first_year"].tolist(),
    }


def ranks(query: str, first_years: list[int]) -> dict[str, Any]:
    frame = windows(query)
    return {
        "people": frame.loc[first_years, "persons"].tolist(),
        "ranks": frame.loc[first_years, "rank"].tolist(),
        "ranked_windows": int(frame["rank"].notna().sum()),
        "records": frame.loc[frame["record"], "first_year"].tolist(),
    }


def would_be_rank(query: str, first_year: int) -> dict[str, Any]:
    window = windows(query).loc[first_year]
    return {
        "people": window["persons"],
        "would_be_rank": window["would_be_rank"],
        "ranked": bool(pd.notna(window["rank"])),
    }


def change(query: str, first_year: int) -> dict[str, Any]:
    window = windows(query).loc[first_year]
    return {
        "people": window["persons"],
        "against_five_years_before": window["change_from_previous_window"],
        "on_one_year": window["change_on_one_year"],
    }


def highest(query: str, how_many: int) -> dict[str, Any]:
    found = disjoint_highest(line_of(windows_for(chosen(query)), "").points, how_many)
    return {"first_years": [window.first_year for window in found], "people": [window.persons for window in found]}


def same_days_of(query: str) -> dict[str, Any]:
    frame = same_days(chosen(query))
    _, until = open_period(chosen(query))
    return {"until": until.isoformat(), "years": frame["year"].tolist(), "people": frame["persons"].tolist()}


def shares(query: str) -> dict[str, Any]:
    found = count(chosen(query), ["cause"]).assign(period=query)
    found = add_shares(found, within=["period"]).set_index("cause")
    share = found["share"].reindex([cause for cause in Cause.values if cause in found.index])
    return {"of_all": int(found["of_all"].iloc[0]), **{str(cause): 100 * value for cause, value in share.items()}}


def rate_of_a_year(year: int) -> dict[str, Any]:
    above = numerators(covered(), ["year"]).set_index("year").loc[year]
    below = denominators(strengths()).set_index("year").loc[year]
    rate, low, high = rates([above["rate_persons"]], [below["person_years"]])
    return {
        "deaths_covered": above["rate_persons"],
        "left_out": above["left_out"],
        "person_years": below["person_years"],
        "months_covered": below["months_covered"],
        "rate": rate[0],
        "low": low[0],
        "high": high[0],
    }


def world_window(cause: str, first_year: int) -> "pd.Series[Any]":
    """A window of the world with its statistics, as pages and files have it."""
    found = windows_for(chosen(f"cause={cause}"))
    return found[found["first_year"] == first_year].iloc[0]


def left_out(first_year: int, last_year: int) -> dict[str, Any]:
    frame = covered()
    frame = frame[frame["year"].between(first_year, last_year) & (frame["coverage"] == "left_out")]
    of_iptf = frame[(frame["mission"] == "IPTF") & (frame["year"] == 1997)]
    return {"left_out": frame["persons"].sum(), "of_the_police_task_force_in_1997": of_iptf["persons"].sum()}


def rate_of_a_window(cause: str, first_year: int) -> dict[str, Any]:
    window = world_window(cause, first_year)
    return {
        "deaths": window["persons"],
        "deaths_covered": window["rate_persons"],
        "left_out": window["left_out"],
        "person_years": window["person_years"],
        "months_covered": window["months_covered"],
        "mission_months_filled": window["months_filled"],
        "rate": window["rate"],
        "low": window["rate_low"],
        "high": window["rate_high"],
    }


def no_rate(cause: str, first_year: int) -> dict[str, Any]:
    window = world_window(cause, first_year)
    assert pd.isna(window["rate"])
    return {"months_covered": window["months_covered"], "reason": window["no_rate"]}


def clusters(query: str) -> dict[str, Any]:
    """Incident sizes of a selection, from the records behind it."""
    size = chosen(query).rows.values_list("incident_id", "persons")
    sizes = pd.DataFrame(list(size), columns=["incident", "persons"])
    of_incident = sizes.groupby("incident")["persons"].sum()
    found = incident_sizes(sizes, []).iloc[0]
    low, high = clustered_interval([of_incident.sum()], [found["squares"]], [found["largest"]])
    poisson_low, poisson_high = count_interval([of_incident.sum()])
    return {
        "people": int(of_incident.sum()),
        "incidents": len(of_incident),
        "percent_with_others": 100 * of_incident[of_incident > 1].sum() / of_incident.sum(),
        "largest": int(found["largest"]),
        "dispersion": dispersion([of_incident.sum()], [found["squares"]])[0],
        "low": low[0],
        "high": high[0],
        "poisson_low": poisson_low[0],
        "poisson_high": poisson_high[0],
    }


def simulated(query: str, incidents_expected: list[int], periods: int, seed: int) -> dict[str, Any]:
    """How often the intervals hold the truth, and how often equal risks are called different, in drawn periods."""
    sizes = pd.DataFrame(list(chosen(query).rows.values_list("incident_id", "persons"))).groupby(0)[1].sum().to_numpy()
    chance = np.random.default_rng(seed)
    found: dict[str, Any] = {"holds": [], "poisson_holds": [], "wrongly_different": [], "poisson_wrongly_different": []}
    for expected in incidents_expected:
        now, before = (_periods(sizes, expected, periods, chance) for _ in range(2))
        truth = expected * sizes.mean()
        for name, (low, high) in (
            ("holds", clustered_interval(now.persons, now.squares or 0, now.largest or 0)),
            ("poisson_holds", count_interval(now.persons)),
        ):
            found[name].append(((low <= truth) & (truth <= high)).mean())
        found["wrongly_different"].append((compare(now, before).p_value < 0.05).mean())
        plain = compare(Side(now.persons), Side(before.persons))
        found["poisson_wrongly_different"].append((plain.p_value < 0.05).mean())
    return found


def _periods(sizes: np.ndarray, expected: int, periods: int, chance: np.random.Generator) -> Side:
    drawn = [chance.choice(sizes, chance.poisson(expected)) for _ in range(periods)]
    squares, largest = [int((one**2).sum()) for one in drawn], [int(one.max(initial=0)) for one in drawn]
    return Side([int(one.sum()) for one in drawn], 1.0, squares, largest)


def ratio_of_windows(cause: str, first_year: int) -> dict[str, Any]:
    window = world_window(cause, first_year)
    names = ("ratio", "ratio_low", "ratio_high", "p_value")
    clustered = ("ratio_low_clustered", "ratio_high_clustered", "p_value_clustered")
    return {"basis": window["ratio_basis"], **{name: window[name] for name in (*names, *clustered)}}


def verdict_of(query: str, measure: str, value: int) -> dict[str, Any]:
    statement = Statement(measure=measure, value=value, selection=query)
    found, _by_scope = judged(statement, chosen(query))
    return {"verdict": str(found.verdict.value), "found": found.found, "sentence": found.detail}


def known_at(known_at: str, day_before: str) -> dict[str, Any]:
    (problem,) = chosen(f"known_at={day_before}").problems
    return {
        "people": total(chosen(f"known_at={known_at}")),
        "people_now": total(chosen("")),
        "refused": str(problem),
    }


def delays(queries: list[str]) -> dict[str, Any]:
    found = [reporting_delay(chosen(query)) for query in queries]
    return {
        "first_year": found[0].first_year,
        "last_year": found[0].last_year,
        "people": [one.people for one in found],
        "registered_later": [one.later for one in found],
    }


FROM_THE_RELEASE: dict[str, Callable[..., dict[str, Any]]] = {
    "people": people,
    "injuries": injuries,
    "scopes-2018": scopes,
    "nationalities": nationalities,
    "incidents-minusma": incidents,
    "incidents-minusma-malicious": incidents,
    "years": years,
    "windows-malicious": window_counts,
    "windows-minusma": complete_windows,
    "ranks-malicious": ranks,
    "ranks-self-inflicted": ranks,
    "rank-of-an-open-window": would_be_rank,
    "change-malicious": change,
    "highest-malicious": highest,
    "same-days": same_days_of,
    "same-days-malicious": same_days_of,
    "shares-2013-17": shares,
    "rate-1993": rate_of_a_year,
    "rate-2015": rate_of_a_year,
    "rate-1990": rate_of_a_year,
    "left-out": left_out,
    "rate-of-a-window": rate_of_a_window,
    "no-rate": no_rate,
    "clusters-since-2000": clusters,
    "clusters-2013-17": clusters,
    "clusters-accidents": clusters,
    "clusters-simulated": simulated,
    "ratio-by-rate": ratio_of_windows,
    "ratio-by-count": ratio_of_windows,
    "verdict-of-a-comparison": verdict_of,
    "verdict-of-a-count": verdict_of,
    "known-at": known_at,
    "reporting-delay": delays,
}

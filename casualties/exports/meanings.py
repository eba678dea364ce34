"""What the columns of files of figures mean, for the data dictionary that every workbook carries.

The columns of the files of people and incidents say it themselves (casualties/exports/columns/lists.py).
"""

from collections.abc import Mapping

from casualties.exports.columns import INCIDENTS, PEOPLE

FIGURES: Mapping[str, str] = {
    "year": "Calendar year of the incident.",
    "month": "Month of the incident, 1 to 12. Empty: only the year is recorded.",
    "day": "Day of the incident; the first day of its period where no more is known.",
    "mission": "Acronym of the mission.",
    "family": "First acronym of the mission's family; the mission itself without one, which mission= asks for.",
    "kind": "pko: peacekeeping operation; spm: special political mission; other.",
    "region": "Region of the mission.",
    "cause": "Cause of death or injury; all: every cause together.",
    "outcome": "fatality or injury. The two are never added.",
    "personnel": "Type of personnel.",
    "nationality": "ISO 3166-1 alpha-3 code, not-recorded or undetermined.",
    "gender": "m, f or not-recorded.",
    "severity": "Severity of an injury; not-stated where none is recorded.",
    "means": "How a malicious act was carried out.",
    "context": "What was going on when a malicious act happened.",
    "accident_type": "What kind of accident it was.",
    "persons": "People, each counted once.",
    "of_all": "People of all causes together.",
    "share": "persons as a part of of_all, from 0 to 1. Empty: of_all is below 20.",
    "incidents": "Incidents with at least one selected person.",
    "whose": "selection: people of the selection; other-missions: people of all other missions in the same years.",
    "release": "Date of the release that the file rests on.",
    "mark": "p: provisional, the year is still open. r: revised since it was first published as closed. Empty: none.",
    "first_year": "First year of the five-year window.",
    "last_year": "Last year of the five-year window.",
    "change_from_previous_window": "Persons less those of the five years before it.",
    "change_on_one_year": "Persons less those of the window that ends one year earlier.",
    "complete": "Whether all five years belong to the series.",
    "provisional": "Whether the last year is still open.",
    "rank": "Rank among complete windows, 1 is the highest. Empty: not ranked.",
    "would_be_rank": "The rank that a provisional window would have if nobody were added.",
    "record": "Whether it is the highest window so far.",
    "count_low": "Lower end of the exact 95 % interval of the count.",
    "count_high": "Upper end of the exact 95 % interval of the count.",
    "dispersion": "How much more the count scatters than single deaths would, since incidents kill several people.",
    "count_low_clustered": "Lower end of the interval of the count with incidents as the unit.",
    "count_high_clustered": "Upper end of the interval of the count with incidents as the unit.",
    "rate_persons": "Uniformed persons in the mission-months that the person-years cover.",
    "left_out": "Uniformed persons in other mission-months.",
    "undated": "Uniformed persons of whom it cannot be said which month is theirs.",
    "person_years": "Person-years of uniformed personnel.",
    "months_covered": "Calendar months in which at least one mission has person-years.",
    "mission_months": "The same months, counted once for each mission.",
    "months_filled": "Mission-months that were filled in and not reported.",
    "partial": "Whether months have no person-years, or persons are left out.",
    "rate": "Persons per 1,000 uniformed person-years.",
    "rate_low": "Lower end of the exact 95 % interval of the rate.",
    "rate_high": "Upper end of the exact 95 % interval of the rate.",
    "rate_low_clustered": "Lower end of the interval of the rate with incidents as the unit.",
    "rate_high_clustered": "Upper end of the interval of the rate with incidents as the unit.",
    "no_rate": "Why there is no rate. Empty where there is one.",
    "ratio": "This window divided by the five years before it.",
    "ratio_low": "Lower end of the 95 % interval of the ratio.",
    "ratio_high": "Upper end of the 95 % interval of the ratio.",
    "p_value": "Two-sided p-value of the ratio being 1.",
    "ratio_low_clustered": "Lower end of the interval of the ratio with incidents as the unit.",
    "ratio_high_clustered": "Upper end of the interval of the ratio with incidents as the unit.",
    "p_value_clustered": "Two-sided p-value with incidents as the unit.",
    "ratio_basis": "rate or count: what was divided. Empty: the two cannot be compared.",
    "until": "Last day (month-day) that is counted in every year.",
    "since": "Date of the earlier state that is compared.",
    "open_days": "Days from the incident to the release.",
    "open_on": "Date of the release, on which the case was open.",
    "registered": "Month in which the person was registered, from the reference.",
    "months_later": "Months from the incident to the registration.",
}
OTHERS: Mapping[str, str] = {
    **{column.name: column.meaning for column in (*INCIDENTS, *PEOPLE)},
}
PLACES: Mapping[str, str] = {
    "seat": "Where the headquarters of the mission are. Empty: not known.",
    "longitude": "Longitude of the headquarters, in decimal degrees.",
    "latitude": "Latitude of the headquarters, in decimal degrees.",
}
AGES_OF_CASES: Mapping[str, str] = {
    "years_from": "Full years since the incident, at least. Empty: so little of its day is known that two ages may be.",
    "years_below": "Full years since the incident, fewer than these. Empty beside the first: without an end.",
}
COMPARED: Mapping[str, str] = {
    "by": "What is compared: mission, contributor or period.",
    "item": "Which one of them.",
    "rate_first_year": "First year that the rate is of.",
    "rate_last_year": "Last year that the rate is of.",
}
LEDGER: Mapping[str, str] = {
    "what": "What happened to the record: added, withdrawn, reinstated or changed.",
    "back_dated": "Whether an added record is of a year that was closed before.",
    "selected": "Whether the filters select the person at both dates, at the earlier or at the later one only.",
    "field": "The field that changed. Empty for a record that came or went as a whole.",
    "old": "What it said at the earlier date.",
    "new": "What it says at the later date.",
    "known_from": "Date of the release that says so.",
    "since": "The earlier of the two dates.",
    "until": "The later of the two dates.",
}
STATEMENTS: Mapping[str, str] = {
    "key": "Name of the statement; its page is /statements/<key>/.",
    "source": "Who said it.",
    "address": "Where it can be read.",
    "published_on": "When it was published.",
    "published_precision": "How much of that date is known: day, month or year.",
    "statement": "What was said, word for word.",
    "selection": "What it counts, as filters of an address.",
    "measure": "What it claims: count, at-least, highest-since ...",
    "said": "The number that was said.",
    "since": "The year that it names, for the highest since.",
    "verdict": "holds, differs, contradicted or not-checked.",
    "found": "What the data say.",
    "found_until": "Where its period goes on after the release: the last day with figures; found is provisional (p).",
    "difference": "found less said, where a number was said exactly and found is not provisional.",
    "other_scopes": "Named scopes under which the statement would hold.",
    "detail": "The verdict in a sentence.",
    "note": "A remark of the data managers.",
    "checked_at": "When it was checked, UTC.",
    "release": "Release that it was checked against.",
    "data_version": "Version of the data that it was checked against.",
    "known_at": "Date of publication, where a release covers it.",
    "verdict_then": "The verdict as known at publication.",
    "found_then": "What the data said then.",
    "detail_then": "That verdict in a sentence.",
}


def meaning_of(column: str, own: Mapping[str, str] | None = None) -> str:
    """What a column means; `own` are the words of the file itself. Blank where nothing more than its name is known."""
    return (own or {}).get(column) or FIGURES.get(column) or OTHERS.get(column, "")

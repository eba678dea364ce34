"""A first mapping for a file, from its headings and values. A person looks at every guess before anything is read."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from casualties.choices import Cause, Context, Gender, Means, Outcome, Personnel
from casualties.intake.mapping.definition import FIELDS, PARTS, CountColumn, Definition, Source
from casualties.intake.mapping.profile import ColumnProfile, FileProfile
from casualties.intake.mapping.vocabulary import VOCABULARIES, meaning, targets
from casualties.intake.names import Lookups
from peacekeeping.tables.cells import folded_word

# Headings as other files have them, beside our own names.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "reference": ("casualty id", "person id", "case id", "case number", "casualty number", "ref"),
    "mission": ("mission acronym", "mission name", "operation", "peacekeeping mission"),
    "date": ("incident date", "event date", "date of incident", "occurred on", "day of incident"),
    "cause": ("type of incident", "incident type", "cause of incident", "category"),
    "outcome": ("type of casualty", "casualty type", "result"),
    "personnel": ("personnel type", "type of personnel", "casualty personnel type", "staff type"),
    "nationality": ("casualty nationality", "country of origin", "citizenship", "contributing country"),
    "gender": ("sex",),
    "persons": ("number", "number of people", "number of persons", "count"),
    "severity": ("severity of injury", "injury severity"),
    "died_on": ("date of death", "death date"),
    "incident": ("incident id", "event id", "incident number", "incident code", "incident ref"),
    "means": ("means of attack", "weapon", "weapon type", "method"),
    "context": ("attack context", "context of attack"),
    "accident_type": ("type of accident",),
    "place": ("location", "place name", "city", "town"),
    "latitude": ("lat",),
    "longitude": ("lon", "long", "lng"),
    "summary": ("details", "description", "narrative", "notes"),
    "last_update": ("release date", "last updated"),
}
# Where a file names countries and no missions, the countries can be made to mean missions.
MISSION_BY_PLACE = ("country", "country name")
COUNTED = {
    Outcome.FATALITY: re.compile(r"\b(killed|dead|died|deaths?|fatalit\w+)\b"),
    Outcome.INJURY: re.compile(r"\b(wounded|injured|injur\w+|hurt)\b"),
}
ADDED_UP = re.compile(r"\b(total|all|sum)\b")
WHO = (
    (re.compile(r"\binternationals?\b"), Personnel.INTERNATIONAL_CIVILIAN),
    (re.compile(r"\b(nationals?|locals?)\b"), Personnel.LOCAL_CIVILIAN),
    (re.compile(r"\bobservers?\b"), Personnel.MILITARY_OBSERVER),
    (re.compile(r"\bpolice\b"), Personnel.POLICE),
    (re.compile(r"\b(military|soldiers?|troops?|peacekeepers?)\b"), Personnel.MILITARY),
)
# Words of other files that mean one of ours beyond doubt. Others are left to the reader.
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "cause": {
        "hostile act": Cause.MALICIOUS_ACT,
        "hostile": Cause.MALICIOUS_ACT,
        "attack": Cause.MALICIOUS_ACT,
        "disease": Cause.ILLNESS,
        "suicide": Cause.SELF_INFLICTED,
        "tbd": Cause.TO_BE_DETERMINED,
    },
    "outcome": {
        "killed": Outcome.FATALITY,
        "dead": Outcome.FATALITY,
        "died": Outcome.FATALITY,
        "deceased": Outcome.FATALITY,
        "wounded": Outcome.INJURY,
        "injured": Outcome.INJURY,
    },
    "personnel": {
        "soldier": Personnel.MILITARY,
        "troops": Personnel.MILITARY,
        "contingent": Personnel.MILITARY,
        "national": Personnel.LOCAL_CIVILIAN,
        "local": Personnel.LOCAL_CIVILIAN,
        "international": Personnel.INTERNATIONAL_CIVILIAN,
    },
    "gender": {"man": Gender.MALE, "men": Gender.MALE, "woman": Gender.FEMALE, "women": Gender.FEMALE},
    "means": {
        "shooting": Means.SMALL_ARMS_FIRE,
        "small arms": Means.SMALL_ARMS_FIRE,
        "gunfire": Means.SMALL_ARMS_FIRE,
        "roadside ied": Means.IED_ROADSIDE,
        "vehicle borne ied": Means.IED_VEHICLE,
        "vehicle born ied": Means.IED_VEHICLE,
        "body borne ied": Means.IED_BODY,
        "shelling": Means.INDIRECT_FIRE,
        "mortar": Means.INDIRECT_FIRE,
        "rpg": Means.ROCKET_PROPELLED_GRENADE,
        "aerial bombardment": Means.AERIAL_ATTACK,
        "drone": Means.AERIAL_ATTACK,
        "kidnapping": Means.ABDUCTION,
        "other explosives": Means.OTHER_EXPLOSIVE,
    },
    "context": {"combat/crossfire": Context.CROSSFIRE},
}
ALIKE = 0.85
DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]{4}.*")


def guess(profile: FileProfile, lookups: Lookups) -> Definition:
    """A first mapping: columns by their headings, columns that count people, proposals for words."""
    by_heading = {_plain(column.heading): column for column in profile.columns}
    sources = {}
    for name in FIELDS:
        column = next((by_heading[alias] for alias in _names(name) if alias in by_heading), None)
        if column is not None:
            sources[name] = Source(column=column.heading, order=_order(column) if name == "date" else "iso")
    if "date" not in sources and "year" in by_heading:
        year, month, day = (by_heading[part].heading if part in by_heading else "" for part in PARTS)
        sources["date"] = Source(year=year, month=month, day=day if month else "")
    counts, totals = _counts(profile)
    for name in ("outcome", "persons", "severity") if counts else ():
        sources.pop(name, None)
    if "mission" not in sources:
        column = next((by_heading[alias] for alias in MISSION_BY_PLACE if alias in by_heading), None)
        if column is not None:
            sources["mission"] = Source(column=column.heading)
    for name in VOCABULARIES:
        if name in sources:
            sources[name] = _with_proposals(name, sources[name], profile, lookups)
    return Definition(sources=sources, counts=counts, totals=totals)


def proposal(field: str, word: str, lookups: Lookups) -> str:
    """The word of ours that a word of the file probably means, "" when nothing is near."""
    plain = folded_word(word)
    found = SYNONYMS.get(field, {}).get(plain)
    if found:
        return str(found)
    if field in {"mission", "nationality"}:
        return ""  # a wrong country or mission is worse than one more choice
    labels = {folded_word(text): value for value, label in targets(field, lookups) for text in (value, label)}
    near = get_close_matches(plain, labels, 1, ALIKE)
    return labels[near[0]] if near else ""


def _with_proposals(name: str, source: Source, profile: FileProfile, lookups: Lookups) -> Source:
    column = profile.column(source.column)
    found = {}
    for word, _ in column.vocabulary if column else ():
        if not meaning(name, word, lookups):
            target = proposal(name, word, lookups)
            if target:
                found[word] = target
    return Source(column=source.column, order=source.order, values=found)


def _counts(profile: FileProfile) -> tuple[tuple[CountColumn, ...], dict[str, str]]:
    """Columns that say how many were killed or hurt, and of whom; and those that add others up."""
    counts: list[CountColumn] = []
    totals: dict[str, str] = {}
    for column in profile.columns:
        plain = _plain(column.heading)
        outcome = next((outcome for outcome, words in COUNTED.items() if words.search(plain)), None)
        if outcome is None or not column.counts:
            continue
        if ADDED_UP.search(plain):
            totals[outcome.value] = column.heading
            continue
        who = next((personnel for words, personnel in WHO if words.search(plain)), None)
        says = {"outcome": outcome.value, **({"personnel": who.value} if who else {})}
        if says not in [dict(count.says) for count in counts]:
            counts.append(CountColumn(column=column.heading, says=says))
    if not counts:  # then the totals are all that there is
        return tuple(CountColumn(column=column, says={"outcome": word}) for word, column in totals.items()), {}
    counted = {count.says["outcome"] for count in counts}
    return tuple(counts), {outcome: column for outcome, column in totals.items() if outcome in counted}


def _order(column: ColumnProfile) -> str:
    """dmy or mdy where a value can only be that; else iso, which refuses what it cannot read."""
    for text in [*column.samples, *(column.words or ())]:
        match = DAY_FIRST.fullmatch(text)
        if match and int(match[1]) > 12:
            return "dmy"
        if match and int(match[2]) > 12:
            return "mdy"
    return "iso"


def _names(field: str) -> tuple[str, ...]:
    return (_plain(field), *HEADINGS.get(field, ()))


def _plain(heading: str) -> str:
    return folded_word(re.sub(r"[^\w/]+", " ", heading))

"""What a mapping says, and its form as JSON. Whether it makes sense for a file is asked in checking.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from casualties.choices import Outcome
from casualties.intake.sources import OWN_OPTIONAL, OWN_REQUIRED

FIELDS = OWN_REQUIRED + OWN_OPTIONAL
DATES = ("date", "died_on", "last_update")
PARTS = ("year", "month", "day")
ORDERS = ("iso", "dmy", "mdy")
PREFIXED = ("reference", "incident")
# What a column of numbers may say of the people that it counts.
SAID_OF_COUNTED = ("outcome", "personnel", "nationality", "gender", "severity")


class DefinitionError(ValueError):
    """The JSON is no mapping; the message names the part that is wrong."""


def folded(text: str) -> str:
    """Headings and words of a file as they are compared: case and spaces do not matter."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where one of our fields comes from: a column, one value for the whole file, or (the date) columns of its parts.

    `values` says what the words of the file mean, whatever their case; "" means not recorded. Rows with a word of
    `left_out` are left out, and with `others_left_out` those with a word that means nothing here, too.
    `order` is the order of day, month and year in a date; `prefix` is put before each number.
    """

    column: str = ""
    constant: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    order: str = "iso"
    prefix: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    others_left_out: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings that are read."""
        return tuple(name for name in (self.column, self.year, self.month, self.day) if name)


@dataclass(frozen=True, kw_only=True)
class CountColumn:
    """A column of numbers, and what is said of the people it counts: their outcome, and what else is known of all."""

    column: str
    says: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """The whole mapping: our fields with their sources, columns that count people, and totals to hold them against.

    `totals` has for an outcome the column that must equal the sum of the columns that count it.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)
    counts: tuple[CountColumn, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading that is read, once."""
        found = [name for source in self.sources.values() for name in source.columns]
        found += [count.column for count in self.counts] + list(self.totals.values())
        return tuple(dict.fromkeys(found))

    def states(self, field_name: str) -> bool:
        """Whether the rows will say anything of this field."""
        if field_name in self.sources:
            return True
        if field_name == "persons":
            return bool(self.counts)
        return any(count.says.get(field_name) for count in self.counts)

    def as_json(self) -> dict[str, Any]:
        """As it is kept; from_json() gives the same back."""
        kept: dict[str, Any] = {"fields": {name: _kept(source) for name, source in self.sources.items()}}
        if self.counts:
            kept["counts"] = [{"column": count.column, **count.says} for count in self.counts]
        if self.totals:
            kept["totals"] = dict(self.totals)
        return kept

    @classmethod
    def from_json(cls, data: object) -> "Definition":
        """The mapping that as_json() wrote. Raises DefinitionError naming what is no part of one."""
        kept = _object(data, "the mapping", ("fields", "counts", "totals"))
        said = _object(kept.get("fields", {}), "fields", FIELDS)
        sources = {name: _source(name, said[name]) for name in FIELDS if name in said}  # a database keeps no order
        counts = kept.get("counts", [])
        if not isinstance(counts, list):
            raise DefinitionError("counts is no list")
        added = _texts(kept.get("totals", {}), "totals", Outcome.values)
        totals = {outcome: added[outcome] for outcome in Outcome.values if outcome in added}
        return cls(sources=sources, counts=tuple(_count(said) for said in counts), totals=totals)


@dataclass(frozen=True, kw_only=True)
class NamedMapping:
    """A mapping under its name, with the headings of the file that it was made on."""

    name: str
    definition: Definition
    headings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As an import keeps it, so that it stays known how the file was read."""
        return {"name": self.name, "headings": list(self.headings), **self.definition.as_json()}

    @classmethod
    def from_json(cls, data: object) -> "NamedMapping":
        """The mapping that an import kept. Raises DefinitionError."""
        kept = dict(_object(data, "the mapping", ("name", "headings", "fields", "counts", "totals")))
        name, headings = kept.pop("name", ""), kept.pop("headings", [])
        if not isinstance(name, str) or not isinstance(headings, list):
            raise DefinitionError("name or headings is not as it should be")
        return cls(name=name, definition=Definition.from_json(kept), headings=tuple(map(str, headings)))


def _kept(source: Source) -> dict[str, Any]:
    """Only what is said."""
    blank = Source()
    said = {f.name: getattr(source, f.name) for f in fields(source)}
    kept = {name: value for name, value in said.items() if value != getattr(blank, name)}
    if "values" in kept:
        kept["values"] = dict(source.values)
    if "left_out" in kept:
        kept["left_out"] = list(source.left_out)
    return kept


def _source(name: str, data: object) -> Source:
    said = dict(_object(data, name, [f.name for f in fields(Source)]))
    values = _texts(said.pop("values", {}), f"the values of {name}")
    left_out = said.pop("left_out", [])
    others = said.pop("others_left_out", False)
    if not isinstance(left_out, list) or not isinstance(others, bool):
        raise DefinitionError(f"what {name} leaves out is not as it should be")
    texts = _texts(said, name)
    return Source(values=values, left_out=tuple(map(str, left_out)), others_left_out=others, **texts)


def _count(data: object) -> CountColumn:
    said = _texts(data, "a column that counts people", ("column", *SAID_OF_COUNTED))
    column = said.pop("column", "")
    return CountColumn(column=column, says={name: word for name, word in said.items() if word})


def _object(data: object, name: str, allowed: Iterable[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise DefinitionError(f"{name} is no JSON object")
    if allowed is not None:
        for key in data:
            if key not in (known := list(allowed)):
                raise DefinitionError(f"{name} has no part “{key}”; its parts are {', '.join(known)}")
    return data


def _texts(data: object, name: str, allowed: Iterable[str] | None = None) -> dict[str, str]:
    found = _object(data, name, allowed)
    for key, value in found.items():
        if not isinstance(value, str):
            raise DefinitionError(f"{key} of {name} is no text")
    return {str(key): value for key, value in found.items()}

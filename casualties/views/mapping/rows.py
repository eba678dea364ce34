"""What the page shows of a file and a mapping: our fields with their choices, columns of numbers, words, columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from casualties.intake.mapping import (
    ColumnProfile,
    CountColumn,
    Definition,
    FileProfile,
    MappingProblem,
    Source,
)
from casualties.intake.mapping.checking import NEEDED_FIELDS
from casualties.intake.mapping.definition import DATES, FIELDS, PARTS, PREFIXED, folded
from casualties.intake.mapping.vocabulary import CHOICES, CONSTANTS, NEEDED, VOCABULARIES, meaning
from casualties.intake.names import Lookups
from casualties.templatetags.options import Option
from casualties.views.mapping.form import NOT_RECORDED, TOTALS
from casualties.views.mapping.names import HOLDS, LABELS, ORDERS, words_of
from casualties.views.mapping.words import word_field

SHOWN = 60  # of a list; the rest of it can be opened below
# As somebody maps a file: what it is about first.
ORDER = ("incident", "reference", "mission", "date", "cause", *FIELDS)


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """One of our fields: the column chosen for it, or what is the same in all rows, and what is wrong."""

    name: str
    label: str
    holds: str
    needed: bool
    columns: Sequence[Option]
    parts: Sequence[tuple[str, str, Sequence[Option]]] = ()
    orders: Sequence[Option] = ()
    takes_prefix: bool = False
    prefix: str = ""
    takes_constant: bool = False
    constants: Sequence[Option] = ()
    constant: str = ""
    listed: bool = False  # missions and countries: typed, with a list to choose from
    samples: str = ""
    problems: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """A column of numbers, and whom it may count."""

    place: int
    heading: str
    filled: int
    added: int
    kinds: Sequence[Option]
    personnel: Sequence[Option]
    nationality: str
    gender: Sequence[Option]
    severity: Sequence[Option]
    problems: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class WordRow:
    """A word of the file: how often it stands there, what it means."""

    field: str
    word: str
    rows: int
    as_it_stands: str
    options: Sequence[Option]
    text: str
    left_out: bool

    @property
    def open(self) -> bool:
        """Nothing says what it means: its rows would be refused."""
        return not (self.as_it_stands or self.text or self.left_out or any(option.selected for option in self.options))


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of one field: those that are seen at once, what is not understood first, and the others."""

    name: str
    label: str
    column: str
    rows: Sequence[WordRow]
    others: Sequence[WordRow]
    too_many: bool
    listed: bool
    needed: bool
    others_left_out: bool


@dataclass(frozen=True, kw_only=True)
class ColumnRow:
    """A column of the file and what it is read as; nothing, where nobody reads it."""

    heading: str
    filled: int
    samples: str
    read_as: str


@dataclass
class Page:
    """The page's rows, made of a file and a mapping."""

    profile: FileProfile
    definition: Definition
    lookups: Lookups
    problems: Sequence[MappingProblem] = field(default_factory=list)

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        """words_of() each field that has any, put into the reader's language once for all rows."""
        return {name: dict(words_of(name)) for name in {*CONSTANTS, *CHOICES, "released"}}

    def _label(self, name: str, word: str) -> str:
        """A stored word as the reader's language has it; acronyms and codes are themselves."""
        return self._words.get(name, {}).get(word, word)

    def fields(self) -> list[FieldRow]:
        return [self._field(name) for name in dict.fromkeys(ORDER)]

    def counts(self) -> tuple[list[CountRow], list[CountRow]]:
        """Columns that hold numbers, or that the mapping counts already: those seen at once, and the others."""
        chosen = {folded(count.column): count for count in self.definition.counts}
        totals = {folded(column): outcome for outcome, column in self.definition.totals.items()}
        read = {folded(column) for source in self.definition.sources.values() for column in source.columns}
        found = []
        for place, column in enumerate(self.profile.columns):
            key = folded(column.heading)
            if key in chosen or key in totals or (column.counts and key not in read):
                found.append(self._count(place, column, chosen.get(key), totals.get(key, "")))
        # Those that are chosen are always seen at once.
        found.sort(key=lambda row: not any(option.selected and option.value for option in row.kinds))
        return sorted(found[:SHOWN], key=lambda row: row.place), found[SHOWN:]

    def vocabularies(self) -> list[Vocabulary]:
        found = [self._vocabulary(name) for name in VOCABULARIES]
        return [vocabulary for vocabulary in found if vocabulary is not None]

    def columns(self) -> list[ColumnRow]:
        read: dict[str, list[str]] = {}
        for name, source in self.definition.sources.items():
            for column in source.columns:
                read.setdefault(folded(column), []).append(str(LABELS[name]))
        for count in self.definition.counts:
            words = [self._label(name, word) for name, word in count.says.items()]
            read.setdefault(folded(count.column), []).append(", ".join([_("People"), *words]))
        for column in self.definition.totals.values():
            read.setdefault(folded(column), []).append(_("Check"))
        return [
            ColumnRow(
                heading=column.heading,
                filled=column.filled,
                samples=_samples(column),
                read_as=_("; ").join(read.get(folded(column.heading), ())),
            )
            for column in self.profile.columns
        ]

    def _said_of(self, name: str) -> list[str]:
        return [problem.reason for problem in self.problems if problem.field == name]

    def _options(self, chosen: str) -> list[Option]:
        headings = enumerate(self.profile.headings)
        same = folded(chosen)
        return [
            Option(value="", label=_("– none –")),
            *(Option(value=str(n), label=text, selected=bool(chosen) and folded(text) == same) for n, text in headings),
        ]

    def _field(self, name: str) -> FieldRow:
        source = self.definition.sources.get(name, Source())
        constants = list(self._words[name].items()) if name in CONSTANTS else []
        columns = [self.profile.column(column) for column in source.columns]
        return FieldRow(
            name=name,
            label=str(LABELS[name]),
            holds=str(HOLDS[name]),
            needed=name in NEEDED_FIELDS,
            columns=self._options(source.column),
            parts=[(part, label, self._options(getattr(source, part))) for part, label in _parts(name)],
            orders=_chosen([(order, str(label)) for order, label in ORDERS.items()], source.order)
            if name in DATES
            else (),
            takes_prefix=name in PREFIXED,
            prefix=source.prefix,
            takes_constant=name in CONSTANTS,
            constants=_chosen([("", _("– none –")), *constants], source.constant) if constants else (),
            constant=source.constant,
            listed=name in {"mission", "nationality"},
            samples=_("; ").join(_samples(column) for column in columns if column),
            problems=self._said_of(name),
        )

    def _count(self, place: int, column: ColumnProfile, count: CountColumn | None, total: str) -> CountRow:
        says = count.says if count else {}
        kinds = [
            ("", _("– not counted –")),
            *((outcome, self._label("outcome", outcome)) for outcome in TOTALS.values()),
            *zip(TOTALS, (_("Check: sum of deaths"), _("Check: sum of injuries")), strict=True),
        ]
        return CountRow(
            place=place,
            heading=column.heading,
            filled=column.filled,
            added=column.added,
            kinds=_chosen(kinds, next((kind for kind, of in TOTALS.items() if of == total), says.get("outcome", ""))),
            personnel=_chosen(
                [("", _("as the row says")), *self._words["personnel"].items()], says.get("personnel", "")
            ),
            nationality=says.get("nationality", ""),
            gender=_chosen([("", _("as the row says")), *self._words["gender"].items()], says.get("gender", "")),
            severity=_chosen([("", _("not stated")), *self._words["severity"].items()], says.get("severity", "")),
            problems=self._said_of(column.heading),
        )

    def _vocabulary(self, name: str) -> Vocabulary | None:
        source = self.definition.sources.get(name)
        column = self.profile.column(source.column) if source and source.column else None
        if source is None or column is None:
            return None
        place = self.profile.columns.index(column)
        said = _Said.by(source)
        rows = [self._word(name, said, place, word, rows) for word, rows in column.vocabulary]
        rows.sort(key=lambda row: bool(row.as_it_stands))  # what is not understood comes first
        return Vocabulary(
            name=name,
            label=str(LABELS[name]),
            column=column.heading,
            rows=rows[:SHOWN],
            others=rows[SHOWN:],
            too_many=column.words is None,
            listed=name in {"mission", "nationality"},
            needed=name in NEEDED,
            others_left_out=source.others_left_out,
        )

    def _word(self, name: str, said: "_Said", place: int, word: str, rows: int) -> WordRow:
        meant = said.values.get(folded(word))
        if meant == "":
            meant = NOT_RECORDED
        understood = meaning(name, word, self.lookups)
        options = list(self._words[name].items()) if name in self._words else []
        if options and name not in NEEDED:
            options = [*options, (NOT_RECORDED, _("not recorded"))]
        return WordRow(
            field=word_field(name, place, word),
            word=word,
            rows=rows,
            as_it_stands=self._label(name, understood),
            options=_chosen(options, meant or ""),
            text=meant or "",
            left_out=folded(word) in said.left_out,
        )


@dataclass(frozen=True)
class _Said:
    """What a mapping says of the words of one column, by the word as words are compared."""

    values: Mapping[str, str]
    left_out: Collection[str]

    @classmethod
    def by(cls, source: Source) -> "_Said":
        values = {folded(word): meant for word, meant in source.values.items()}
        return cls(values, frozenset(map(folded, source.left_out)))


def _parts(name: str) -> list[tuple[str, str]]:
    if name != "date":
        return []
    labels = {"year": _("Year"), "month": _("Month"), "day": _("Day")}
    return [(part, labels[part]) for part in PARTS]


def _chosen(pairs: Sequence[tuple[str, str]], chosen: str) -> list[Option]:
    return [Option(value=value, label=label, selected=value == chosen) for value, label in pairs]


def _samples(column: ColumnProfile) -> str:
    """Its first values, shortened."""
    return ", ".join(text if len(text) <= 40 else f"{text[:39]}…" for text in column.samples)

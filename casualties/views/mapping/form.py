"""What was chosen on the page -> a mapping, and what in it names nothing. A choice that contradicts another is kept and
refused by the check of mappings, so that nothing is decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from casualties.choices import Outcome
from casualties.intake.mapping import CountColumn, Definition, FileProfile, MappingProblem, Source
from casualties.intake.mapping.definition import DATES, FIELDS, PARTS, PREFIXED, SAID_OF_COUNTED, folded
from casualties.intake.mapping.vocabulary import CONSTANTS, VOCABULARIES
from casualties.views.mapping.words import word_field

NOT_RECORDED = "not-recorded"
BLANK_WORDS = {NOT_RECORDED, "-", "–"}
TOTALS = {f"total-{outcome}": outcome for outcome in Outcome.values}


class Chosen:
    """The choices of a form that was sent, held against the columns of the file.

    `before` is the mapping that the page was made from: what it says of words that the page did not show stays.
    """

    def __init__(self, data: Mapping[str, str], profile: FileProfile, before: Definition) -> None:
        self._data = data
        self._profile = profile
        self._before = before
        self.problems: list[MappingProblem] = []

    def definition(self) -> Definition:
        """The mapping that was chosen. Afterwards `problems` names the choices that are none."""
        sources = {name: self._source(name) for name in FIELDS}
        counts, totals = [], {}
        for place, column in enumerate(self._profile.columns):
            kind = self._text(f"count-{place}")
            if kind in TOTALS:
                if TOTALS[kind] in totals:
                    self.problems.append(MappingProblem(column.heading, _("is a second total of the same")))
                totals[TOTALS[kind]] = column.heading
            elif kind in Outcome.values:
                others = {name: self._text(f"count-{place}-{name}") for name in SAID_OF_COUNTED[1:]}
                says = {"outcome": kind, **{name: word for name, word in others.items() if word}}
                counts.append(CountColumn(column=column.heading, says=says))
            elif kind:
                self.problems.append(MappingProblem(column.heading, _("counts neither deaths nor injuries")))
        chosen = {name: source for name, source in sources.items() if source != Source()}
        return Definition(sources=chosen, counts=tuple(counts), totals=totals)

    def _text(self, name: str) -> str:
        return self._data.get(name, "").replace("\x00", "").strip()

    def _column(self, field: str, name: str) -> str:
        """The heading of a chosen column, "" for none."""
        chosen = self._text(name)
        if not chosen:
            return ""
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 5 and int(chosen) < len(self._profile.columns):
            return self._profile.columns[int(chosen)].heading
        self.problems.append(MappingProblem(field, _("“%(text)s” is no column of the file") % {"text": chosen[:60]}))
        return ""

    def _source(self, name: str) -> Source:
        source = Source(column=self._column(name, f"from-{name}"))
        if name in CONSTANTS:
            source = replace(source, constant=self._text(f"is-{name}"))
        if name == "date":
            year, month, day = (self._column(name, part) for part in PARTS)
            source = replace(source, year=year, month=month, day=day)
        if name in DATES and source.column:
            source = replace(source, order=self._text(f"order-{name}") or "iso")
        if name in PREFIXED and source.column:
            source = replace(source, prefix=self._text(f"prefix-{name}"))
        if name in VOCABULARIES and source.column:
            source = self._with_words(name, source)
        return source

    def _with_words(self, name: str, source: Source) -> Source:
        """The source with what its words mean; of words that were not on the page, what was said before."""
        place = self._profile.headings.index(source.column)
        values, left_out = {}, {}
        before = self._before.sources.get(name, Source())
        if folded(before.column) == folded(source.column):
            values = {folded(word): (word, meant) for word, meant in before.values.items()}
            left_out = {folded(word): word for word in before.left_out}
        for word, _count in self._profile.columns[place].vocabulary:
            field, key = word_field(name, place, word), folded(word)
            if f"means-{field}" not in self._data:
                continue
            values.pop(key, None)
            left_out.pop(key, None)
            if self._text(f"out-{field}"):
                left_out[key] = word
            elif meant := self._text(f"means-{field}"):
                values[key] = (word, "" if meant.casefold() in BLANK_WORDS else meant)
        others = bool(self._text(f"others-{name}"))
        return replace(source, values=dict(values.values()), left_out=tuple(left_out.values()), others_left_out=others)


def chosen_name(data: Mapping[str, str], longest: int) -> tuple[str, Sequence[MappingProblem]]:
    """The name that the mapping shall have, and what is wrong with it."""
    name = " ".join(data.get("name", "").split())
    if not name:
        return name, [
            MappingProblem("name", _("is needed, so that later files of these columns find the mapping by it"))
        ]
    if len(name) > longest or not name.isprintable():
        return name, [MappingProblem("name", _("takes at most %(n)s printable characters") % {"n": longest})]
    return name, []

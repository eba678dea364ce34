"""What a mapping says, in words."""

from dataclasses import dataclass
from hashlib import blake2s

from django.utils.translation import gettext as _

from casualties.intake.mapping import Definition, Source
from casualties.intake.mapping.definition import FIELDS, CountColumn
from casualties.views.mapping.names import LABELS, label_of


def word_field(field: str, place: int, word: str) -> str:
    """What the page calls a word of a column: the word itself may hold any sign, and the page need not show all."""
    return f"{field}-{place}-{blake2s(word.encode(), digest_size=8).hexdigest()}"


@dataclass(frozen=True)
class Said:
    """One line of a mapping in words: our field, where it comes from, what is made of its words."""

    field: str
    source: str
    words: str = ""


def in_words(definition: Definition) -> list[Said]:
    """The mapping as a table reads it, in the order of our fields; then the columns that count people."""
    found = [
        Said(str(LABELS[name]), _source(name, definition.sources[name]), _words(name, definition.sources[name]))
        for name in FIELDS
        if name in definition.sources
    ]
    found += [Said(_("People"), _quoted(count.column), _counted(count)) for count in definition.counts]
    for outcome, column in definition.totals.items():
        words = _("must be the sum of the columns that count: %(outcome)s")
        found.append(Said(_("Check"), _quoted(column), words % {"outcome": label_of("outcome", outcome)}))
    return found


def _source(name: str, source: Source) -> str:
    if source.constant:
        return _("%(word)s, in all rows") % {"word": label_of(name, source.constant)}
    columns = ", ".join(_quoted(column) for column in source.columns)
    if source.prefix:
        return _("%(columns)s, with %(prefix)s before it") % {"columns": columns, "prefix": source.prefix}
    if source.order == "dmy":
        return _("%(columns)s, day first") % {"columns": columns}
    if source.order == "mdy":
        return _("%(columns)s, month first") % {"columns": columns}
    return columns


def _words(name: str, source: Source) -> str:
    parts = [f"{word} → {label_of(name, meant) or _('not recorded')}" for word, meant in sorted(source.values.items())]
    if source.left_out:
        parts.append(_("rows left out: %(words)s") % {"words": ", ".join(source.left_out)})
    if source.others_left_out:
        parts.append(_("rows with any other word are left out"))
    return _("; ").join(parts)


def _counted(count: CountColumn) -> str:
    return ", ".join(label_of(name, word) for name, word in count.says.items())


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}

"""SQL of file cells: dates as far as they are known, free text made neutral, blanks empty."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, CharField, F, Func, Q, Value, When
from django.db.models.functions import NullIf

from casualties.choices import DatePrecision
from peacekeeping.tables.writing import CONTROL, FORMULA, LINE_END, LINE_FEED

TEXT = CharField()
HARMLESS = r"^[[:alnum:]][^\x01-\x1f\x7f]*$"


class NeutralText(Func):
    """Free text as a cell, just as peacekeeping.tables.writing.neutral makes it in Python; blank is empty."""

    output_field = TEXT

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        """Text that is plainly harmless stays as it is, which spares nearly every cell the slower patterns."""
        source, params = compiler.compile(self.source_expressions[0])
        quote = f"CASE WHEN {source} ~ %s THEN '''' ELSE '' END"
        flat = f"regexp_replace(regexp_replace(NULLIF({source}, ''), %s, %s, 'g'), %s, ' ', 'g')"
        sql = f"(CASE WHEN {source} ~ %s THEN {source} ELSE {quote} || {flat} END)"
        return sql, (*params, HARMLESS, *params, *params, FORMULA, *params, LINE_END, LINE_FEED, CONTROL)


def neutral_text(source: str) -> Func:
    """Free text of a field."""
    return NeutralText(F(source))


def as_kept(cell: Any) -> Any:
    """The cell with its free text as it is kept: for JSON, which no spreadsheet runs."""
    if isinstance(cell, NeutralText):
        return NullIf(cell.source_expressions[0], Value(""), output_field=TEXT)
    if not isinstance(cell, (Case, Func, When)):
        return cell
    kept = cell.copy()
    kept.set_source_expressions([as_kept(part) for part in cell.get_source_expressions()])
    return kept


def blank_is_empty(source: str) -> NullIf:
    """A stored word; "" becomes an empty cell."""
    return NullIf(F(source), Value(""))


def word_for_blank(source: str, word: str) -> Case:
    """A stored word, with a word of its own for "" ("not-recorded")."""
    return Case(When(**{source: ""}, then=Value(word)), default=F(source), output_field=TEXT)


def iso_date(day: str, precision: str = "") -> Func | Case:
    """An ISO date; with the field of its precision, as much of it as is known: 2019-01-20, 2019-01, 2019."""
    written = _written(day, "YYYY-MM-DD")
    if not precision:
        return written
    return Case(
        When(**{precision: DatePrecision.YEAR}, then=_written(day, "YYYY")),
        When(**{precision: DatePrecision.MONTH}, then=_written(day, "YYYY-MM")),
        default=written,
        output_field=TEXT,
    )


def iso_time(moment: str) -> Func:
    """An ISO date and time in UTC, to the minute."""
    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')"""
    return Func(F(moment), template=template, output_field=TEXT)


def joined(array: str) -> Func:
    """An array of codes as one cell: "SCG; MNE"; empty when there are none."""
    template = "NULLIF(array_to_string(%(expressions)s), '')"
    return Func(F(array), Value("; "), template=template, output_field=TEXT)


def distinct_words(source: Any, *, of: Q) -> StringAgg:
    """The different words of some rows of a group as one cell, in alphabetical order: "military; police"."""
    return StringAgg(source, "; ", distinct=True, filter=of or None, order_by=source, output_field=TEXT)


def yes_or_no(flag: str) -> Case:
    """A flag in words."""
    return Case(When(**{flag: True}, then=Value("yes")), default=Value("no"), output_field=TEXT)


def only_in(missions: Collection[int] | None, cell: Any) -> Any:
    """The cell for records of these missions, empty for others; None means all missions."""
    return cell if missions is None else Case(When(mission_id__in=missions, then=cell), output_field=TEXT)


def _written(day: str, pattern: str) -> Func:
    return Func(F(day), Value(pattern), function="to_char", output_field=TEXT)

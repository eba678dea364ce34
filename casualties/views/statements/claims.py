"""Contradicted statements: the chart of their windows, and a sentence that the data bear out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.claimed_windows import claimed_window
from casualties.charts.embed import Embed
from casualties.choices import Measure
from casualties.filters import Selection
from casualties.trends.live import windows_for
from casualties.views.addresses import trends_csv_url, trends_url
from casualties.views.scope_bar import scope_in_words, scope_with_causes, source_of
from casualties.views.statements.rows import ScopeLine, StatementRow, scope_lines


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A statement with its chart (of five-year windows only), the wording that holds, and every named scope."""

    row: StatementRow
    chart: Embed | None
    wording: str
    scope: str
    lines: list[ScopeLine]
    trends_url: str


def claim_of(row: StatementRow) -> Claim:
    """What a page shows of a statement on five-year windows or years beside its number."""
    is_window = row.statement.measure == Measure.RANK_1_WINDOW and row.found is not None
    return Claim(
        row=row,
        chart=_chart(row) if is_window else None,
        wording=_right_wording(row),
        scope=wording.capitalised(scope_with_causes(row.selection)),
        lines=scope_lines(row),
        trends_url=trends_url(row.selection.change(**{"from": None, "to": None})) if is_window else "",
    )


def _chart(row: StatementRow) -> Embed | None:
    selection, release = row.selection, row.selection.release
    last = selection.one("to")
    if last is None or selection.problems or release is None or row.is_stale:
        return None
    anytime = selection.change(**{"from": None, "to": None})
    value = row.statement.value
    return claimed_window(
        windows_for(anytime),
        id=f"windows-{row.statement.key}",
        cause=_cause(selection),
        last_year=int(last),
        said=None if value is None else int(value),
        scope=scope_in_words(selection),
        outcome=selection.outcome,
        csv_url=trends_csv_url(anytime),
        source=source_of(selection),
    )


def _right_wording(row: StatementRow) -> str:
    """A comparison that holds, out of the numbers of the check; blank where nothing, or one person, is compared, and of
    a provisional number.

    "There were 203 deaths by malicious acts in 2013–17, the most in any five-year window since 1993–97 (all peace
    operations, all personnel)."
    """
    own = next((kept for kept in row.check.scopes if kept["scope"] == row.selection.scope), None) if row.check else None
    compares = row.statement.measure in {Measure.RANK_1_WINDOW, Measure.HIGHEST_SINCE}
    if own is None or not compares or own["number"] is None or int(own["number"]) < 2 or row.until:
        return ""
    first, last = int(row.selection.one("from") or 0), int(row.selection.one("to") or 0)
    facts = {
        "n": wording.count(int(own["number"])),
        "counted": wording.persons_of(_cause(row.selection), row.selection.outcome),
        "period": wording.years(first, last),
        "scope": scope_in_words(row.selection),
    }
    if row.statement.measure == Measure.HIGHEST_SINCE:
        if own["since"] is None:
            return _("There were %(n)s %(counted)s in %(period)s, the most in any year until then (%(scope)s).") % facts
        facts |= {"since": str(own["since"][0]), "most": wording.count(own["since"][1])}
        return _("There were %(n)s %(counted)s in %(period)s, the most since %(since)s (%(most)s) (%(scope)s).") % facts
    # A window that shares years with this one is no comparison: the last that was as high and lies wholly before it.
    before = [(start, end) for start, end, _n in own["others"] if end < first]
    if len(before) < len(own["others"]):
        return ""
    if not before:
        said = _("There were %(n)s %(counted)s in %(period)s, the most in any five-year window until then (%(scope)s).")
        return said % facts
    facts["since"] = wording.years(*max(before, key=lambda window: window[1]))
    return (
        _("There were %(n)s %(counted)s in %(period)s, the most in any five-year window since %(since)s (%(scope)s).")
        % facts
    )


def _cause(selection: Selection) -> str:
    causes = selection.values.get("cause", ())
    return causes[0] if len(causes) == 1 else wording.ALL_CAUSES

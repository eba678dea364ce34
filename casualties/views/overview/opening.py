"""The top of the overview: the sentence, the headline figures, the windows, the open year beside the same days."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.charts.leading import linked
from casualties.charts.same_days import same_days as same_days_chart
from casualties.charts.window_tables import highest_windows
from casualties.charts.window_titles import Line, line_of
from casualties.charts.windows import rolling_windows
from casualties.counts import same_days
from casualties.frames import CAUSE, DAY, MISSION, PERSONS, YEAR
from casualties.views import headlines, sentences
from casualties.views.addresses import same_days_csv_url, trends_csv_url, trends_url, with_query
from casualties.views.leads import leading
from casualties.views.linked import same_days_linked, window_chart_linked, windows_linked
from casualties.views.open_year_sentences import so_far
from casualties.views.overview.known import MALICIOUS, OPEN, Known
from casualties.views.revised_marks import revised_in
from casualties.views.scope_bar import scope_in_words


def windows_and_days(known: Known) -> dict[str, Any]:
    """The sentence, the headline figures, the rolling windows and the open year beside the same days."""
    selection, lead = known.selection, leading(known.selection)
    malicious = line_of(known.windows, MALICIOUS)
    said = sentences.all_time(known.total, selection.scope, known.axis[0], lead)
    parts: dict[str, Any] = {}
    if known.until:
        this_year = same_days(selection, [CAUSE], period=(known.open_year, known.until))
        now, before = headlines.now_and_before(this_year, known.open_year)
        said = joined(said, so_far(now, before, until=known.until, lead=lead))
        figure = headlines.open_year(selection, sum(now.values()), before, now.get(MALICIOUS, 0), known.until)
        chart = same_days_chart(
            this_year,
            id="same-days",
            through=known.until,
            scope=scope_in_words(selection),
            csv_url=same_days_csv_url(selection),
            source=known.source,
            lead=lead,
        )
        parts["same_days"] = same_days_linked(chart, selection, known.until)
    else:
        in_year = int(known.counts.loc[known.counts[YEAR] == known.open_year, PERSONS].sum())
        figure = headlines.open_year_without_days(selection, in_year, known.open_year)
    return {
        **parts,
        "sentence": said,
        "figures": _figures(known, figure, malicious),
        "rolling": window_chart_linked(
            rolling_windows(
                known.windows,
                id="rolling-malicious",
                scope=scope_in_words(selection),
                csv_url=trends_csv_url(selection.change(cause=MALICIOUS)),
                source=known.source,
                lead=lead,
            ),
            [malicious],
            selection,
            revised_in(selection),
        ),
        "highest": windows_linked(
            highest_windows(known.windows, MALICIOUS, outcome=selection.outcome),
            malicious,
            selection,
            revised_in(selection),
        ),
        "ranked": len([point for point in malicious.points if point.rank is not None]),
        "first_window": malicious.closed[0].name if malicious.closed else "",
        "trends_url": trends_url(selection, cause=MALICIOUS),
    }


def _figures(known: Known, so_far: headlines.Figure, malicious: Line) -> list[headlines.Figure]:
    """Everybody, the open year, the window of malicious acts, the open cases, injuries."""
    selection = known.selection
    of_missions = linked(known.counts[MISSION].nunique(), with_query(reverse("missions"), selection.query_string))
    figures = [
        headlines.whole_series(
            selection,
            known.total,
            _("Deaths since %(year)s") % {"year": known.axis[0]},
            filled(_("All causes, %(n)s missions and offices."), {"n": of_missions}),
            provisional=True,
        ),
        so_far,
        headlines.window(selection, malicious, _("Killed by malicious acts, %(window)s")),
        headlines.to_be_determined(
            selection,
            known.of_cause(OPEN),
            _oldest(known),
        ),
        headlines.injuries(selection),
    ]
    return [figure for figure in figures if figure]


def _oldest(known: Known) -> str:
    """The day of the incident whose cause is open for longest."""
    if known.cases is None:
        return ""
    days = known.cases[DAY].dropna()
    if days.empty:
        return ""
    said = _("Oldest: %(day)s.") if len(days) == len(known.cases) else _("Oldest with a known day: %(day)s.")
    return said % {"day": wording.dated(min(days), "j M Y")}

"""The sentence, the headline figures and the charts of a mission's dashboard."""

from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Embed
from casualties.charts.filling import filled, joined
from casualties.charts.shares import shares
from casualties.charts.window_titles import Line
from casualties.filters import people
from casualties.frames import CAUSE, MISSION
from casualties.views import headlines, one_series, open_year_sentences, sentences
from casualties.views.adding import added, sums
from casualties.views.addresses import own_first, with_query
from casualties.views.leads import leading
from casualties.views.linked import shares_linked
from casualties.views.mission.counts import MissionCounts
from casualties.views.mission.family import own_of
from casualties.views.mission.shares import elsewhere, world
from casualties.views.one_series import MALICIOUS
from casualties.views.scope_bar import is_filtered, scope_in_words


def charts(known: MissionCounts) -> dict[str, Any]:
    """Everything of the page that is a sentence, a headline figure or a chart."""
    beside = None if known.causes else elsewhere(known)
    others = None if beside is None else sums(beside, CAUSE)
    windows, line = one_series.windows_and_rates(known)
    so_far = one_series.so_far(known)
    return {
        "sentence": _sentence(known, so_far),
        "figures": _figures(known, others, line, so_far),
        "by_year": one_series.by_year(known),
        "shares": None if beside is None else _shares(known, beside),
        **windows,
    }


def _sentence(known: MissionCounts, so_far: tuple[int, list[int]] | None) -> str:
    selection, n, lead = known.selection, known.total, leading(known.selection)
    if is_filtered(selection):
        subject = filled(people(selection, n, "%(n)s"), {"n": lead(n)})
        said = sentences.selected(subject, n, acronym=known.name, when=sentences.period(selection))
    else:
        said = sentences.mission(
            n,
            known.of_cause(MALICIOUS),
            acronym=known.name,
            years=known.axis,
            until=known.until,
            still_open=known.still_open,
            lead=lead,
        )
    if so_far is None or known.until is None:
        return said
    if is_filtered(selection):
        return joined(said, open_year_sentences.of_them(*so_far, until=known.until, lead=lead))
    short = open_year_sentences.so_far_in_short(*so_far, until=known.until, outcome=selection.outcome, lead=lead)
    return joined(said, short)


def _figures(
    known: MissionCounts, others: dict[str, int] | None, line: Line, so_far: tuple[int, list[int]] | None
) -> list[dict[str, Any]]:
    figures = [one_series.figure_of_all(known, so_far)]
    if not known.causes:
        figures.append(one_series.figure_of_malicious_acts(known, _share_of_others(others)))
    if window := one_series.figure_of_window(known, line):
        figures.append(window)
    if not known.causes:
        figures.append(one_series.figure_of_open_cases(known))
    if known.selection.outcome == "fatality":
        figures.append(headlines.injuries(known.selection))
    return figures


def _share_of_others(others: dict[str, int] | None) -> str:
    """ "Other missions in the same years: 17%."; blank where they have too few deaths for a share."""
    if not others:
        return ""
    theirs = wording.share(others.get(MALICIOUS, 0), sum(others.values()))
    if theirs == wording.NOT_AVAILABLE:
        return ""
    return _("Other missions in the same years: %(share)s.") % {"share": theirs}


def _shares(known: MissionCounts, others: pd.DataFrame) -> Embed:
    selection = known.selection
    chart = shares(
        added(known.counts, [CAUSE]),
        added(others, [CAUSE]),
        id="shares",
        name=known.name,
        others_name=_("all other missions"),
        span=wording.period(
            known.axis[0], known.axis[-1], provisional=known.open_year is not None, through=known.until
        ),
        scope=scope_in_words(selection.change(mission=None, family=None)),
        outcome=selection.outcome,
        csv_url=with_query(
            reverse("mission-shares-csv", args=[known.acronym]), own_first(own_of(selection), selection.query_string)
        ),
        source=known.source,
    )
    return shares_linked(chart, selection, world(known).change(mission=sorted(set(others[MISSION])) or None))

"""The sentence, the headline figures and the charts of a mission's dashboard."""

from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Embed
from casualties.charts.shares import shares
from casualties.charts.window_tables import window_by_window
from casualties.charts.window_titles import Line, line_of
from casualties.charts.windows import rolling_windows
from casualties.charts.years import years_by_cause
from casualties.choices import Cause
from casualties.counts import count, same_days
from casualties.filters import Selection, people
from casualties.frames import CAUSE, MISSION, PERSONS, YEAR
from casualties.views import headlines, sentences
from casualties.views.adding import added, sums
from casualties.views.addresses import counts_csv_url, trends_csv_url
from casualties.views.headlines import ANY_TIME
from casualties.views.linked import windows_linked
from casualties.views.mission.counts import MissionCounts
from casualties.views.rates import rates
from casualties.views.scope_bar import is_filtered, scope_in_words, scope_with_causes

MALICIOUS = Cause.MALICIOUS_ACT.value
BESIDE_CHART = 16  # rows of a table that is about as high as the chart beside it


def charts(known: MissionCounts) -> dict[str, Any]:
    """Everything of the page that is a sentence, a headline figure or a chart."""
    others = _others(known)
    windows, line = _windows(known)
    so_far = _so_far(known)
    return {
        "sentence": _sentence(known, so_far),
        "figures": _figures(known, others, line, so_far),
        "by_year": _by_year(known),
        "shares": _shares(known, others),
        **windows,
    }


def _sentence(known: MissionCounts, so_far: tuple[int, list[int]] | None) -> str:
    selection, n = known.selection, known.total
    if is_filtered(selection):
        subject = people(selection, n, wording.count(n))
        said = sentences.selected(subject, n, acronym=known.acronym)
    else:
        said = sentences.mission(
            n,
            known.of_cause(MALICIOUS),
            acronym=known.acronym,
            years=known.axis,
            until=known.until,
            still_open=selection.basis.missions[known.acronym].active,
        )
    if so_far is None or known.until is None:
        return said
    if is_filtered(selection):
        return f"{said} {sentences.of_them(*so_far, until=known.until)}"
    return f"{said} {sentences.so_far_in_short(*so_far, until=known.until, outcome=selection.outcome)}"


def _so_far(known: MissionCounts) -> tuple[int, list[int]] | None:
    """The open year and the same days of the years before; not where a period is chosen or the series ended earlier."""
    if known.until is None or known.has_period:
        return None
    frame = same_days(known.selection, period=(known.until.year, known.until))
    persons = sums(frame, YEAR)
    before = [n for year, n in persons.items() if known.axis[0] <= year < known.until.year]
    return persons[known.until.year], before


def _figures(
    known: MissionCounts, others: dict[str, int] | None, line: Line, so_far: tuple[int, list[int]] | None
) -> list[dict[str, Any]]:
    selection = known.selection
    counted = headlines.counted(selection)
    label = _("%(counted)s, %(span)s") if known.causes else _("%(counted)s, all causes, %(span)s")
    note = ""
    if so_far and known.until:
        facts = {"n": wording.count(so_far[0]), "year": known.until.year, "day": wording.day_and_month(known.until)}
        note = _("%(n)s in %(year)s, to %(day)s.") % facts
    figures = [
        headlines.whole_series(
            selection,
            known.total,
            label % {"counted": counted, "span": _span(known)},
            note,
            provisional=known.open_year is not None,
        )
    ]
    if not known.causes:
        figures.append(_malicious(known, others))
    if not known.has_period and (window := _window_figure(known, line)):
        figures.append(window)
    if not known.causes:
        unknown = known.of_cause(Cause.UNKNOWN.value)
        note = _("And %(n)s unknown, which is a finding.") % {"n": wording.count(unknown)} if unknown else ""
        figures.append(headlines.to_be_determined(selection, known.of_cause(Cause.TO_BE_DETERMINED.value), note))
    if selection.outcome == "fatality":
        figures.append(headlines.injuries(selection))
    return figures


def _malicious(known: MissionCounts, others: dict[str, int] | None) -> dict[str, Any]:
    n = known.of_cause(MALICIOUS)
    note = []
    if (own := wording.share(n, known.total)) != wording.NOT_AVAILABLE:
        counted = headlines.counted(known.selection).lower()
        note.append(_("%(share)s of %(counted)s.") % {"share": own, "counted": counted})
    if others and (theirs := wording.share(others.get(MALICIOUS, 0), sum(others.values()))) != wording.NOT_AVAILABLE:
        note.append(_("Other missions in the same years: %(share)s.") % {"share": theirs})
    figure = headlines.whole_series(
        known.selection.change(**{**known.selection.fixed, "cause": MALICIOUS}),
        n,
        _("%(label)s, %(span)s") % {"label": _by_malicious_acts(known), "span": _span(known)},
        " ".join(note),
        provisional=known.open_year is not None,
    )
    return {**figure, "note_link": _("Their incidents")}


def _by_malicious_acts(known: MissionCounts) -> str:
    return _("Killed by malicious acts") if known.selection.outcome == "fatality" else _("Injured by malicious acts")


def _span(known: MissionCounts) -> str:
    return wording.years(known.axis[0], known.axis[-1])


def _window_figure(known: MissionCounts, line: Line) -> dict[str, Any] | None:
    counted = wording.capitalised(wording.persons_of(line.cause, known.selection.outcome))
    if line.cause == MALICIOUS:
        counted = _by_malicious_acts(known)
    return headlines.window(known.selection, line, f"{counted}, %(window)s")


def _by_year(known: MissionCounts) -> Embed:
    selection = known.selection
    by_day = _("Only incidents of the chosen days are in these figures; years are not whole.")
    return years_by_cause(
        added(known.counts, [YEAR, CAUSE]),
        id="by-year",
        first_year=known.axis[0],
        last_year=known.axis[-1],
        causes=known.causes,
        provisional=known.open_year is not None,
        through=known.until,
        scope=scope_with_causes(selection),
        outcome=selection.outcome,
        caveat=by_day if selection.by_day else "",
        csv_url=counts_csv_url(selection, [YEAR, CAUSE]),
        source=known.source,
    )


def _others(known: MissionCounts) -> dict[str, int] | None:
    """All other missions by cause, in the same years, under the same filters; None where causes are chosen."""
    if known.causes:
        return None
    frame = count(_world(known), [MISSION, CAUSE])
    return sums(frame[frame[MISSION] != known.acronym], CAUSE)


def _world(known: MissionCounts) -> Selection:
    """All missions under the same filters, in the years of this one."""
    world = known.selection.change(mission=None)
    return world if world.by_day else world.change(**{"from": known.axis[0], "to": known.axis[-1]})


def _shares(known: MissionCounts, others: dict[str, int] | None) -> Embed | None:
    if others is None:
        return None
    selection = known.selection
    return shares(
        added(known.counts, [CAUSE]),
        pd.DataFrame(list(others.items()), columns=[CAUSE, PERSONS]),
        id="shares",
        name=known.acronym,
        others_name=_("all other missions"),
        span=wording.period(
            known.axis[0], known.axis[-1], provisional=known.open_year is not None, through=known.until
        ),
        scope=scope_in_words(selection.change(mission=None)),
        outcome=selection.outcome,
        csv_url=counts_csv_url(_world(known), [MISSION, CAUSE]),
        source=known.source,
    )


def _windows(known: MissionCounts) -> tuple[dict[str, Any], Line]:
    """The windows' chart and table. Several chosen causes are one series of all of them."""
    selection = known.selection
    anytime = selection.change(**ANY_TIME)
    if len(known.causes) > 1:
        lines = [wording.ALL_CAUSES]
    elif known.causes:
        lines = [known.causes[0]]
    else:
        lines = [MALICIOUS, wording.ALL_CAUSES]
    frame = known.windows
    line = line_of(frame, lines[0])
    caveat = _("Windows are of five whole years; the chosen period is left aside here.") if known.has_period else ""
    several = len(known.causes) > 1
    chart = rolling_windows(
        frame,
        id="windows",
        scope=scope_with_causes(anytime) if several else scope_in_words(anytime),
        causes=lines,
        outcome=selection.outcome,
        caveat=caveat,
        csv_url=trends_csv_url(anytime, by_cause=not known.causes),
        source=known.source,
        height=300,
    )
    table = window_by_window(frame, lines[0], outcome=selection.outcome)
    chosen = known.causes if several else (lines[0],) if lines[0] else ()
    return {
        **rates(frame, lines[0], anytime),
        "windows": chart,
        "windows_table": windows_linked(table, line, anytime.change(cause=list(chosen) or None)),
        "windows_many": len(table.rows) > BESIDE_CHART,
        "windows_ranked": len([point for point in line.points if point.rank is not None]),
        "windows_what": scope_with_causes(anytime)
        if several
        else wording.capitalised(wording.persons_of(lines[0], selection.outcome)),
    }, line

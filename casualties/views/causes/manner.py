"""How it happened: means and context of malicious acts, types of accident; or that the records do not say."""

from typing import Any

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.choices import AccidentType, Cause, Context, Means
from casualties.counts import count_each
from casualties.filters import NOT_RECORDED, Selection
from casualties.frames import ACCIDENT_TYPE, CONTEXT, MEANS
from casualties.views.adding import most_first
from casualties.views.addresses import counts_csv_url, incidents_url

WORDS = {MEANS: Means, CONTEXT: Context, ACCIDENT_TYPE: AccidentType}
ASKED = {Cause.MALICIOUS_ACT: (MEANS, CONTEXT), Cause.ACCIDENT: (ACCIDENT_TYPE,)}


def manner(selection: Selection, cause: str) -> dict[str, Any]:
    """A table for each question that is asked of the cause, or the sentence that nothing is recorded.

    Empty for causes of which nothing is asked. What is not recorded is a row of its own and never left out, so that
    the parts add up.
    """
    names = ASKED.get(Cause(cause), ())
    if not names:
        return {}
    if selection.basis.annual_counts_only:
        return {"manner": [], "manner_note": _("Not available: annual counts only.")}
    frames = count_each([(selection, [name]) for name in names])
    pairs = dict(zip(names, (most_first(frame, name) for name, frame in zip(names, frames, strict=True)), strict=True))
    if all(word == NOT_RECORDED for found in pairs.values() for word, _n in found):
        return {"manner": [], "manner_note": _not_recorded(names)}
    return {"manner": [_table(selection, name, found) for name, found in pairs.items()], "manner_note": ""}


def _table(selection: Selection, name: str, found: list[tuple[str, int]]) -> dict[str, Any]:
    """The known ways, most people first, then those of whom it is not recorded."""
    ordered = sorted(found, key=lambda pair: pair[0] == NOT_RECORDED)
    heading = _heading(name)
    rows: list[dict[str, Any]] = [
        {
            "label": _("Not recorded") if word == NOT_RECORDED else str(WORDS[name](word).label),
            "persons": persons,
            "share": wording.share(persons, sum(n for _word, n in found)),
            "url": incidents_url(selection, **{name: word}),
            "known": word != NOT_RECORDED,
        }
        for word, persons in ordered
    ]
    return {
        "heading": heading,
        "rows": rows,
        "longest": max((row["persons"] for row in rows if row["known"]), default=0),
        "total": sum(persons for _word, persons in found),
        "csv_url": counts_csv_url(selection, [name]),
    }


def _heading(name: str) -> str:
    return {MEANS: _("By means"), CONTEXT: _("By context"), ACCIDENT_TYPE: _("By type of accident")}[name]


def _not_recorded(names: tuple[str, ...]) -> str:
    if ACCIDENT_TYPE in names:
        return _("Not recorded: no record of this selection says what kind of accident it was. That is not zero.")
    return _("Not recorded: no record of this selection says by what means or in what context. That is not zero.")

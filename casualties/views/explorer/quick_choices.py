"""Periods that are asked for again and again, one click away. Other filters stay as they are."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.choices import Cause, Outcome
from casualties.filters import PERIOD, Selection
from casualties.frames import FIRST_YEAR, LAST_YEAR
from casualties.models import TrendWindow
from casualties.trends.rebuild import built_version, windows_seen_by
from casualties.views.operations import current_window


def quick_choices(selection: Selection, address: Callable[[Selection], str]) -> list[dict[str, str]]:
    """The current window, the record window of malicious acts, the open year, all years: label and url of each."""
    first, last = current_window(selection.basis)
    choices: list[tuple[str, dict[str, object]]] = [
        (_("Current window %(years)s") % {"years": wording.years(first, last)}, {"from": first, "to": last})
    ]
    record = _record_window(selection)
    if record is not None:
        label = _("Record window of malicious acts, %(years)s") % {"years": wording.years(*record)}
        choices.append((label, {"from": record[0], "to": record[1], "cause": Cause.MALICIOUS_ACT.value}))
    choices.append((_("%(year)s so far") % {"year": last}, {"from": last, "to": last}))
    choices.append((_("All years"), {}))
    anytime = dict.fromkeys(PERIOD)
    return [{"label": label, "url": address(selection.change(**{**anytime, **changes}))} for label, changes in choices]


def _record_window(selection: Selection) -> tuple[int, int] | None:
    """The five years with the most deaths by malicious acts in all missions, as the rebuild stored them.

    None while the windows of this version of the data are not built (they are not worth a reader's waiting), for a
    viewer whose windows are not stored, and before any window is complete.
    """
    audience = selection.viewer.audience
    if audience is None or built_version() != selection.basis.version:
        return None
    records = windows_seen_by(audience).filter(
        series=TrendWindow.Series.WORLD, key="", cause=Cause.MALICIOUS_ACT, outcome=Outcome.FATALITY, record=True
    )
    return records.order_by(FIRST_YEAR).values_list(FIRST_YEAR, LAST_YEAR).last()

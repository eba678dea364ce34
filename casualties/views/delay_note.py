"""The caveat beside figures of the open year: how many people were registered late in the last ten years."""

from django.urls import reverse
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.charts.filling import filled
from casualties.charts.leading import plain
from casualties.choices import Outcome
from casualties.filters import PERIOD, Selection
from casualties.trends.reporting_delay import reporting_delay
from casualties.views.addresses import everywhere, with_query
from casualties.views.leads import leading
from casualties.views.remembered import remembered

LEFT_ASIDE = ("cause", *PERIOD)


def delay_note(selection: Selection) -> dict[str, str] | None:
    """The sentence with the way to the people it counts; None for injuries, annual counts, or where nobody is counted.

    It is about all causes and the last ten years, whatever the selection asks for.

    "Of 1,151 people who died in 2014–23, 91 (8%) were registered in a later month than that of the incident; figures of
    the last months may still rise."
    """
    if selection.release is None or selection.basis.annual_counts_only or selection.outcome != Outcome.FATALITY:
        return None
    anytime = everywhere(selection, **dict.fromkeys(LEFT_ASIDE))
    delay = remembered(anytime, "delay", lambda: reporting_delay(anytime))
    if not delay.people:
        return None
    share = wording.share(delay.later, delay.people)
    later = wording.count(delay.later)
    lead = leading(anytime) if delay.people == delay.everybody else plain
    facts = {
        "people": lead(delay.people, years=(delay.first_year, delay.last_year)),
        "years": wording.years(delay.first_year, delay.last_year),
        "later": f"{later} ({share})" if share != wording.NOT_AVAILABLE else later,
    }
    words = filled(_said(delay.people, delay.later), facts)
    query = "&".join(part for part in ("header=1", anytime.query_string) if part)
    return {"words": words, "url": with_query(reverse("late-registrations-csv"), query) if delay.later else ""}


def _said(people: int, later: int) -> str:
    """None have a sentence of their own: other languages than English cannot put "none" where a number stands."""
    if not later:
        return ngettext(
            "Of %(people)s person who died in %(years)s, none was registered in a later month than that of the "
            "incident; figures of the last months may still rise.",
            "Of %(people)s people who died in %(years)s, none were registered in a later month than that of the "
            "incident; figures of the last months may still rise.",
            people,
        )
    return ngettext(
        "Of %(people)s people who died in %(years)s, %(later)s was registered in a later month than that of the "
        "incident; figures of the last months may still rise.",
        "Of %(people)s people who died in %(years)s, %(later)s were registered in a later month than that of the "
        "incident; figures of the last months may still rise.",
        later,
    )

"""/missions/<ACRONYM>/shares.csv and .xlsx: the chart of causes beside all other missions, as a file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.counts import NotAvailable
from casualties.filters import FilterProblem
from casualties.frames import CAUSE
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import everywhere
from casualties.views.files.frames import Made, frame_file, one_outcome
from casualties.views.files.sending import own_of
from casualties.views.mission.counts import mission_counts
from casualties.views.mission.page import read
from casualties.views.mission.shares import elsewhere, in_its_years, shares_frame


@readers
@require_safe
def shares_csv(request: HttpRequest, acronym: str, form: str = "csv") -> HttpResponseBase:
    """One row per cause for the mission of the address, and one for all other missions in the same years."""
    found = read(request, acronym, *own_of(form))
    if isinstance(found, HttpResponse):
        return found
    selection, problems = found
    problems += one_outcome(selection)
    if causes := selection.values.get(CAUSE):
        problems.append(FilterProblem(CAUSE, causes[0], _("is not a filter of shares by cause")))

    def make() -> Made:
        states.loaded(selection)
        known = mission_counts(selection, acronym)
        if not known.axis:
            raise NotAvailable(_("not available: the release holds no year of this mission"))
        told = in_its_years(known, everywhere(selection))
        facts = {"beside": _("all other missions under the same filters")}
        return Made(name="shares-by-cause", selection=told, frame=shares_frame(known, elsewhere(known)), facts=facts)

    return frame_file(request, problems, make, form=form)

"""/missions/<ACRONYM>/brief.pdf: the file when it is there; until a worker has made it, a page that says so."""

import logging
from os import fstat

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from casualties import briefs, tasks
from casualties.counts import NotAvailable
from casualties.exports.sent import KeptBlocks, SentFile
from casualties.filters import Selection
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import mission_url, with_query
from casualties.views.figures_cache import for_reader, key_of
from casualties.views.files.sending import sent
from casualties.views.mission.brief_contents import contents, query_of
from casualties.views.mission.counts import mission_counts
from casualties.views.mission.page import asked
from missions.models import DataVersion

SECONDS_BETWEEN = 2  # looks of the waiting page
SECONDS_PATIENT = 30  # after which the reader is told that no worker takes it
SECONDS_VALID = 600  # a message that waited longer is dropped, and the file is asked for again
log = logging.getLogger(__name__)


@readers
@require_safe
def brief(request: HttpRequest, acronym: str) -> HttpResponseBase:
    """The brief of a mission under the filters of its page: the PDF (200), being made (202), or not made (503)."""
    selection = asked(request, acronym)
    if isinstance(selection, HttpResponse):
        return selection
    if selection.release is None:
        return states.nothing_loaded(request)
    shown = states.deaths_beside_injuries(selection)
    wanted = briefs.request_of(shown.basis.version, key_of("brief", shown, acronym))
    try:
        made = wanted.made.open("rb")
    except FileNotFoundError:
        return _not_yet(request, wanted, shown, acronym)
    size = fstat(made.fileno()).st_size
    file = SentFile(_name(shown, acronym), KeptBlocks(made), data_version=wanted.version, size=size)
    return for_reader(request, sent(request, file, inline=True))


def _not_yet(request: HttpRequest, wanted: briefs.Request, selection: Selection, acronym: str) -> HttpResponse:
    """Ask for the file once, then say how it stands."""
    waited = wanted.seconds_waited
    if waited is not None and waited <= SECONDS_PATIENT and wanted.failed.exists():
        return _waiting(request, selection, acronym, state="failed")
    if waited is None or waited > SECONDS_VALID or wanted.failed.exists():
        back = mission_url(acronym)
        try:
            known = mission_counts(selection, acronym)
        except NotAvailable as reason:
            return states.not_available(request, str(reason), heading=acronym, back=back)
        if not known.total:
            nobody = _("no one in %(acronym)s is in this selection, and a brief needs somebody") % {
                "acronym": known.name
            }
            return states.not_available(request, nobody, heading=acronym, back=back)
        counted = contents(known)
        if not DataVersion.is_still(wanted.version, selection.basis.changed_at):
            # An import was applied meanwhile: what was counted may be of both. The next look asks it of the new data.
            return _waiting(request, selection, acronym, state="under way")
        wanted.ask(counted)
        try:
            tasks.make_brief.apply_async((wanted.version, wanted.key), expires=SECONDS_VALID)
        except OperationalError:
            log.exception("The queue does not take the brief of %s.", acronym)
            wanted.asked.unlink(missing_ok=True)
            return _waiting(request, selection, acronym, state="late")
    late = waited is not None and SECONDS_PATIENT < waited <= SECONDS_VALID
    return _waiting(request, selection, acronym, state="late" if late else "under way")


def _waiting(request: HttpRequest, selection: Selection, acronym: str, *, state: str) -> HttpResponse:
    """The page instead of the file. It asks again by itself: soon while work is under way, slowly when it is late."""
    context = {"acronym": acronym, "state": state, "back": with_query(mission_url(acronym), query_of(selection))}
    status = 202 if state == "under way" else 503
    response = render(request, "missions/brief_waiting.html", context, status=status)
    if state != "failed":
        again = SECONDS_BETWEEN if state == "under way" else SECONDS_PATIENT
        response["Refresh"] = response["Retry-After"] = str(again)
    return for_reader(request, response)


def _name(selection: Selection, acronym: str) -> str:
    """MINUSMA-brief-2023-11-28.pdf: the day is the one at which the figures were known."""
    day = selection.known_at or states.loaded(selection).date
    return f"{acronym}-brief-{day.isoformat()}.pdf"

"""A figure as it can be quoted: the sentence with its scope, release, date of knowledge, source and address."""

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.exports.files import SOURCE
from casualties.filters import Basis, Selection
from casualties.views.scope_bar import scope_in_words
from casualties.views.states import loaded


def pinned(selection: Selection) -> Selection:
    """The selection as known at the date of its figures, so that its address gives the same number later.

    Annual counts and the texts of incidents have no history: such a selection stays as it is.
    """
    known_at = selection.known_at
    if known_at is None or selection.basis.annual_counts_only or selection.text:
        return selection
    return selection.change(known_at=known_at)


def quotation(selection: Selection, sentence: str, url: str, *, provisional: bool) -> str:
    """ "3 people killed by malicious acts in MINUSMA in 2019, in 1 incident. Scope: ...; release of ...; <url>"."""
    release = loaded(selection)
    parts = [
        f"{sentence}.",
        _("Scope: %(scope)s; counted are people by the date of the incident, each once.")
        % {"scope": scope_in_words(selection)},
        _("Source: %(source)s, as known at %(known)s.")
        % {"source": _sources(selection.basis), "known": _day(selection.known_at or release.date)},
    ]
    if selection.text:
        parts.append(_("Places and summaries are searched as they stand now."))
    if release.annual_counts:
        parts.append(_("Annual counts only."))
    elif provisional:
        parts.append(_("Figures of %(year)s are provisional.") % {"year": release.last_covered_year})
    return " ".join([*map(wording.capitalised, parts), url])


def _sources(basis: Basis) -> str:
    found, parts = basis.sources, []
    if found.published_on:
        words = {"source": SOURCE, "day": _day(found.published_on)}
        parts.append(_("%(source)s, release of %(day)s") % words)
    if found.own_on:
        parts.append(_("own records of %(day)s") % {"day": _day(found.own_on)})
    return _("; ").join(parts)


def _day(day: object) -> str:
    return str(format_date(day, "j F Y"))  # type: ignore[arg-type]

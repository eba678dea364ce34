"""Text search: words that stand in the place or the summary of an incident, for those who may see the two.

A word matches wherever it stands, inside a longer one too, in upper or lower case: nothing is stemmed or guessed, so
that the number behind a search can be said in one sentence. PostgreSQL finds the words by their trigrams
(Incident.Meta.indexes).
"""

import unicodedata

from django.db.models import Q
from django.utils.translation import gettext as _

from casualties.filters.viewer import Viewer

LONGEST = 100  # characters
MOST_WORDS = 8
SHORTEST = 3  # letters or digits that one word has to have: fewer say nothing, and no index knows them
IN_WORDS = ("\u200c", "\u200d")  # join and part letters of Persian and Indian scripts


def plain(text: str) -> str:
    """A search as it stands in an address: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def problem_with(text: str, viewer: Viewer) -> str:
    """Why a search cannot be answered; blank where it can. To whoever may not search it tells nothing of the data."""
    if not viewer.sees_details:
        return _("searches the place and summary of incidents, which are for staff of the mission and headquarters")
    if len(text) > LONGEST:
        return _("is longer than %(n)s characters") % {"n": LONGEST}
    if any(unicodedata.category(letter)[0] == "C" and letter not in IN_WORDS for letter in text):
        return _("holds a character that is no part of a text")
    words = text.split()
    if len(words) > MOST_WORDS:
        return _("has more than %(n)s words") % {"n": MOST_WORDS}
    if not any(sum(letter.isalnum() for letter in word) >= SHORTEST for word in words):
        return _("needs a word of %(n)s letters or more") % {"n": SHORTEST}
    return ""


def standing_in(text: str, viewer: Viewer) -> Q:
    """People in an incident whose place or summary holds every word, in the missions whose details the viewer sees."""
    conditions = Q()
    for word in text.split():
        conditions &= Q(incident__place__icontains=word) | Q(incident__summary__icontains=word)
    return conditions if viewer.missions is None else conditions & Q(mission__in=viewer.missions)

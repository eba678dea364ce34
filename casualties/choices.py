"""Every vocabulary of the field, once.

The stored value is the word that stands in addresses and files, so that a record, a query string and a CSV cell say
the same thing. Order is the order in which figures are shown. Sources: the UN's Peace & Security Data Hub (cause,
personnel), US DoD Instruction 1300.18 (severity), the Aid Worker Security Database and UN wording (means, context).
"""

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _


def word_of(choice: TextChoices) -> str:
    """The word of a value as files have it, whatever language a page is read in."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(choice.label)


class Cause(TextChoices):
    """Type of incident. "To be determined" is an open state, "unknown" a verdict; neither is folded into another."""

    MALICIOUS_ACT = "malicious-act", _("Malicious act")
    ACCIDENT = "accident", _("Accident")
    ILLNESS = "illness", _("Illness")
    SELF_INFLICTED = "self-inflicted", _("Self-inflicted")
    TO_BE_DETERMINED = "to-be-determined", _("To be determined")
    UNKNOWN = "unknown", _("Unknown")


# People struck by one of these on one day in one mission are one incident; of the others each is one of its own.
GROUPED_CAUSES = (Cause.MALICIOUS_ACT, Cause.ACCIDENT)


class Outcome(TextChoices):
    """What the incident did to the person. Deaths and injuries are never added."""

    FATALITY = "fatality", _("Death")
    INJURY = "injury", _("Injury")


class Severity(TextChoices):
    """Severity of an injury; blank is "not stated"."""

    VERY_SERIOUS = "very-serious", _("Very serious")
    SERIOUS = "serious", _("Serious")
    INCAPACITATING = "incapacitating", _("Incapacitating")
    NOT_SERIOUS = "not-serious", _("Not serious")


class Personnel(TextChoices):
    MILITARY = "military", _("Military")
    MILITARY_OBSERVER = "military-observer", _("Military observer")
    POLICE = "police", _("Police")
    INTERNATIONAL_CIVILIAN = "international-civilian", _("International civilian")
    LOCAL_CIVILIAN = "local-civilian", _("Local civilian")
    OTHER = "other", _("Other")


UNIFORMED = (Personnel.MILITARY, Personnel.MILITARY_OBSERVER, Personnel.POLICE)


class Gender(TextChoices):
    """Blank is "not recorded", which is not the same as none."""

    MALE = "m", _("Male")
    FEMALE = "f", _("Female")


class Means(TextChoices):
    """How a malicious act was carried out."""

    SMALL_ARMS_FIRE = "small-arms-fire", _("Small-arms fire")
    IED_ROADSIDE = "ied-roadside", _("Improvised explosive device, roadside")
    IED_VEHICLE = "ied-vehicle-borne", _("Improvised explosive device, vehicle-borne")
    IED_BODY = "ied-body-borne", _("Improvised explosive device, body-borne")
    LANDMINE = "landmine", _("Landmine")
    INDIRECT_FIRE = "indirect-fire", _("Indirect fire (mortar, rocket, artillery)")
    ROCKET_PROPELLED_GRENADE = "rocket-propelled-grenade", _("Rocket-propelled grenade")
    AERIAL_ATTACK = "aerial-attack", _("Aerial or drone attack")
    COMPLEX_ATTACK = "complex-attack", _("Complex attack")
    BODILY_ASSAULT = "bodily-assault", _("Bodily assault")
    ABDUCTION = "abduction", _("Abduction")
    MOB_VIOLENCE = "mob-violence", _("Mob violence")
    OTHER_EXPLOSIVE = "other-explosive", _("Other explosive")
    UNKNOWN = "unknown", _("Unknown")


class Context(TextChoices):
    """What was going on when a malicious act happened."""

    AMBUSH = "ambush", _("Ambush")
    ATTACK_ON_BASE = "attack-on-base", _("Attack on base")
    PATROL = "patrol", _("Patrol")
    CONVOY = "convoy", _("Convoy")
    INDIVIDUAL_ATTACK = "individual-attack", _("Individual attack")
    CROSSFIRE = "crossfire", _("Crossfire")
    RIOT = "riot", _("Riot")
    DETENTION = "detention", _("Detention")
    UNKNOWN = "unknown", _("Unknown")


class AccidentType(TextChoices):
    ROAD_TRAFFIC = "road-traffic", _("Road traffic")
    AVIATION = "aviation", _("Aviation")
    WEAPON = "weapon-or-ammunition", _("Weapon or ammunition")
    DROWNING = "drowning", _("Drowning")
    FALL = "fall", _("Fall")
    NATURAL_DISASTER = "natural-disaster", _("Natural disaster")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class DatePrecision(TextChoices):
    """How much of a date is known. A date of month or year precision is stored as the first day of that period."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class Origin(TextChoices):
    OPEN_DATA = "open-data", _("Open data")
    IMPORT = "import", _("Import")
    NOTIFICATION = "notification", _("Notification")


class Grouping(TextChoices):
    """Whether the source itself names the incident, or it follows from mission, day and cause."""

    RECORDED = "recorded", _("Recorded by the source")
    DERIVED = "derived", _("Derived from mission, date and cause")


class Accountability(TextChoices):
    """Progress of investigation and prosecution of a crime against peacekeepers (Security Council resolution 2589)."""

    NOT_RECORDED = "", _("Not recorded")
    INVESTIGATION = "investigation", _("Under investigation")
    PROSECUTION = "prosecution", _("Under prosecution")
    CONVICTION = "conviction", _("Convicted")
    ACQUITTAL = "acquittal", _("Acquitted")
    CLOSED = "closed", _("Closed without prosecution")


class CasualtyState(TextChoices):
    """Withdrawn: a later release no longer holds the person. The row stays, uncounted."""

    COUNTED = "counted", _("Counted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Scope(TextChoices):
    """The named scopes, printed with every figure because the press mixes them."""

    ALL = "all", _("all peace operations, all personnel")
    PKO = "pko", _("peacekeeping operations only, all personnel")
    UNIFORMED = "uniformed", _("all peace operations, uniformed personnel only")
    UNIFORMED_PKO = "uniformed-pko", _("peacekeeping operations only, uniformed personnel only")


class Audience(TextChoices):
    """Who may see which figures: released ones (the next of kin are told), or all confirmed ones."""

    RELEASED = "released", _("Released")
    CONFIRMED = "confirmed", _("Confirmed")


class Measure(TextChoices):
    """What a statement claims of its selection; casualties.statements.judging says when it holds."""

    COUNT = "count", _("this many")
    AT_LEAST = "at-least", _("at least")
    MORE_THAN = "more-than", _("more than")
    FEWER_THAN = "fewer-than", _("fewer than")
    HIGHEST_SINCE = "highest-since", _("the highest year since")
    RANK_1_WINDOW = "rank-1-window", _("the highest five-year window")
    RATE = "rate", _("rate per 1,000 uniformed person-years")
    CHANGE = "change", _("change against the period before")


class Obstacle(TextChoices):
    """What a statement counts that no release holds. Injuries are not here: whether they are recorded is found out."""

    NONE = "", _("None: the data can say it")
    AGENCIES = "agencies", _("Agencies, funds and programmes or contractors are included")
    MEANS = "means", _("The means of attack are not recorded")
    PLACE = "place", _("Places are not recorded")
    COUNTRIES = "countries", _("It counts countries, not people")


class Verdict(TextChoices):
    """Order is that of the tally."""

    HOLDS = "holds", _("Holds")
    DIFFERS = "differs", _("Differs")
    CONTRADICTED = "contradicted", _("Contradicted")
    NOT_CHECKED = "not-checked", _("Cannot be checked")

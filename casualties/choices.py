"""Every vocabulary of the field, once.

The stored value is the word that stands in addresses and files, so that a record, a query string and a CSV cell say
the same thing. Order is the order in which figures are shown. Sources: the UN's Peace & Security Data Hub (cause,
personnel), US DoD Instruction 1300.18 (severity), the Aid Worker Security Database and UN wording (means, context).
"""

from django.db.models import TextChoices


class Cause(TextChoices):
    """Type of incident. "To be determined" is an open state, "unknown" a verdict; neither is folded into another."""

    MALICIOUS_ACT = "malicious-act", "Malicious act"
    ACCIDENT = "accident", "Accident"
    ILLNESS = "illness", "Illness"
    SELF_INFLICTED = "self-inflicted", "Self-inflicted"
    TO_BE_DETERMINED = "to-be-determined", "To be determined"
    UNKNOWN = "unknown", "Unknown"


# People struck by one of these on one day in one mission are one incident; of the others each is one of its own.
GROUPED_CAUSES = (Cause.MALICIOUS_ACT, Cause.ACCIDENT)


class Outcome(TextChoices):
    """What the incident did to the person. Deaths and injuries are never added."""

    FATALITY = "fatality", "Death"
    INJURY = "injury", "Injury"


class Severity(TextChoices):
    """Severity of an injury; blank is "not stated"."""

    VERY_SERIOUS = "very-serious", "Very serious"
    SERIOUS = "serious", "Serious"
    INCAPACITATING = "incapacitating", "Incapacitating"
    NOT_SERIOUS = "not-serious", "Not serious"


class Personnel(TextChoices):
    MILITARY = "military", "Military"
    MILITARY_OBSERVER = "military-observer", "Military observer"
    POLICE = "police", "Police"
    INTERNATIONAL_CIVILIAN = "international-civilian", "International civilian"
    LOCAL_CIVILIAN = "local-civilian", "Local civilian"
    OTHER = "other", "Other"


UNIFORMED = (Personnel.MILITARY, Personnel.MILITARY_OBSERVER, Personnel.POLICE)


class Gender(TextChoices):
    """Blank is "not recorded", which is not the same as none."""

    MALE = "m", "Male"
    FEMALE = "f", "Female"


class Means(TextChoices):
    """How a malicious act was carried out."""

    SMALL_ARMS_FIRE = "small-arms-fire", "Small-arms fire"
    IED_ROADSIDE = "ied-roadside", "Improvised explosive device, roadside"
    IED_VEHICLE = "ied-vehicle-borne", "Improvised explosive device, vehicle-borne"
    IED_BODY = "ied-body-borne", "Improvised explosive device, body-borne"
    LANDMINE = "landmine", "Landmine"
    INDIRECT_FIRE = "indirect-fire", "Indirect fire (mortar, rocket, artillery)"
    ROCKET_PROPELLED_GRENADE = "rocket-propelled-grenade", "Rocket-propelled grenade"
    AERIAL_ATTACK = "aerial-attack", "Aerial or drone attack"
    COMPLEX_ATTACK = "complex-attack", "Complex attack"
    BODILY_ASSAULT = "bodily-assault", "Bodily assault"
    ABDUCTION = "abduction", "Abduction"
    MOB_VIOLENCE = "mob-violence", "Mob violence"
    OTHER_EXPLOSIVE = "other-explosive", "Other explosive"
    UNKNOWN = "unknown", "Unknown"


class Context(TextChoices):
    """What was going on when a malicious act happened."""

    AMBUSH = "ambush", "Ambush"
    ATTACK_ON_BASE = "attack-on-base", "Attack on base"
    PATROL = "patrol", "Patrol"
    CONVOY = "convoy", "Convoy"
    INDIVIDUAL_ATTACK = "individual-attack", "Individual attack"
    CROSSFIRE = "crossfire", "Crossfire"
    RIOT = "riot", "Riot"
    DETENTION = "detention", "Detention"
    UNKNOWN = "unknown", "Unknown"


class AccidentType(TextChoices):
    ROAD_TRAFFIC = "road-traffic", "Road traffic"
    AVIATION = "aviation", "Aviation"
    WEAPON = "weapon-or-ammunition", "Weapon or ammunition"
    DROWNING = "drowning", "Drowning"
    FALL = "fall", "Fall"
    NATURAL_DISASTER = "natural-disaster", "Natural disaster"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class DatePrecision(TextChoices):
    """How much of a date is known. A date of month or year precision is stored as the first day of that period."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


class Origin(TextChoices):
    OPEN_DATA = "open-data", "Open data"
    IMPORT = "import", "Import"
    NOTIFICATION = "notification", "Notification"


class Grouping(TextChoices):
    """Whether the source itself names the incident, or it follows from mission, day and cause."""

    RECORDED = "recorded", "Recorded by the source"
    DERIVED = "derived", "Derived from mission, date and cause"


class Accountability(TextChoices):
    """Progress of investigation and prosecution of a crime against peacekeepers (Security Council resolution 2589)."""

    NOT_RECORDED = "", "Not recorded"
    INVESTIGATION = "investigation", "Under investigation"
    PROSECUTION = "prosecution", "Under prosecution"
    CONVICTION = "conviction", "Convicted"
    ACQUITTAL = "acquittal", "Acquitted"
    CLOSED = "closed", "Closed without prosecution"


class CasualtyState(TextChoices):
    """Withdrawn: a later release no longer holds the person. The row stays, uncounted."""

    COUNTED = "counted", "Counted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Scope(TextChoices):
    """The named scopes, printed with every figure because the press mixes them."""

    ALL = "all", "all peace operations, all personnel"
    PKO = "pko", "peacekeeping operations only, all personnel"
    UNIFORMED = "uniformed", "all peace operations, uniformed personnel only"
    UNIFORMED_PKO = "uniformed-pko", "peacekeeping operations only, uniformed personnel only"


class Audience(TextChoices):
    """Who may see which figures: released ones (the next of kin are told), or all confirmed ones."""

    RELEASED = "released", "Released"
    CONFIRMED = "confirmed", "Confirmed"


class Measure(TextChoices):
    """What a statement claims of its selection; casualties.statements.judging says when it holds."""

    COUNT = "count", "this many"
    AT_LEAST = "at-least", "at least"
    MORE_THAN = "more-than", "more than"
    FEWER_THAN = "fewer-than", "fewer than"
    HIGHEST_SINCE = "highest-since", "the highest year since"
    RANK_1_WINDOW = "rank-1-window", "the highest five-year window"
    RATE = "rate", "rate per 1,000 uniformed person-years"
    CHANGE = "change", "change against the period before"


class Obstacle(TextChoices):
    """What a statement counts that no release holds. Injuries are not here: whether they are recorded is found out."""

    NONE = "", "None: the data can say it"
    AGENCIES = "agencies", "Agencies, funds and programmes or contractors are included"
    MEANS = "means", "The means of attack are not recorded"
    PLACE = "place", "Places are not recorded"
    COUNTRIES = "countries", "It counts countries, not people"


class Verdict(TextChoices):
    """Order is that of the tally."""

    HOLDS = "holds", "Holds"
    DIFFERS = "differs", "Differs"
    CONTRADICTED = "contradicted", "Contradicted"
    NOT_CHECKED = "not-checked", "Cannot be checked"

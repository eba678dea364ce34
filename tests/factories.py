"""Records for tests: plain functions with keyword-only arguments and sensible blanks.

A casualty brings its incident, an incident its mission. A figure needs a release as well: make_release().
The fixed cast: reader, reporter, first_authoriser, second_authoriser, data_manager.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from casualties.choices import GROUPED_CAUSES, Cause, DatePrecision, Grouping, Origin, Outcome, Personnel
from casualties.filters import PUBLIC, forget_basis, load_basis
from casualties.models import Casualty, Incident, SavedReport, SignedReport, Statement
from casualties.reports.asked import ask
from casualties.reports.signing import draft_of, sign
from missions.models import Country, ImportBatch, Mission, Posting, Role, User

RELEASED_ON = date(2023, 11, 28)
PASSWORD = "a password for tests only"
_numbers = count(1)


def make_mission(
    *, acronym: str = "MINUSMA", kind: str = "pko", started_on: date | None = date(2013, 4, 25), **fields: Any
) -> Mission:
    """The mission of that acronym; made when it is not there."""
    if (there := Mission.objects.filter(acronym=acronym).first()) is not None:
        return there
    status = Mission.Status.ENDED if fields.get("ended_on") else Mission.Status.ACTIVE
    mission = Mission.objects.create(
        acronym=acronym,
        **{"kind": kind, "sort_key": acronym.lower(), "started_on": started_on, "status": status, **fields},
    )
    forget_basis()
    return mission


def make_country(*, iso3: str = "TCD", name: str = "", **fields: Any) -> Country:
    """The country of that code; made when it is not there."""
    name = name or {"TCD": "Chad", "NER": "Niger", "BGD": "Bangladesh", "EGY": "Egypt"}.get(iso3, f"Country {iso3}")
    if (there := Country.objects.filter(iso3=iso3).first()) is not None:
        return there
    country = Country.objects.create(iso3=iso3, **{"name": name, "sort_key": name.lower(), **fields})
    forget_basis()
    return country


def make_release(
    *,
    released_on: date = RELEASED_ON,
    kind: str = ImportBatch.Kind.RELEASE,
    state: str = ImportBatch.State.APPLIED,
    **fields: Any,
) -> ImportBatch:
    """A batch, applied unless told otherwise: the release that figures rest on."""
    batch = ImportBatch.objects.create(
        kind=kind,
        state=state,
        file_name=f"release-{released_on}.csv",
        release_date=released_on,
        applied_at=datetime.now(UTC) if state == ImportBatch.State.APPLIED else None,
        **fields,
    )
    forget_basis()
    return batch


def make_incident(
    *,
    mission: Mission | None = None,
    occurred_on: date = date(2019, 1, 20),
    cause: str = Cause.MALICIOUS_ACT,
    key: str = "",
    **fields: Any,
) -> Incident:
    """An incident that nobody was in yet."""
    mission = mission or make_mission()
    number = next(_numbers)
    derived = f"{mission.acronym}-{occurred_on}-{cause}" if cause in GROUPED_CAUSES else f"{mission.acronym}-{number}"
    return Incident.objects.create(
        key=key or derived,
        mission=mission,
        occurred_on=occurred_on,
        cause=cause,
        **{"origin": Origin.OPEN_DATA, "grouping": Grouping.DERIVED, **fields},
    )


def make_casualty(
    *,
    incident: Incident | None = None,
    mission: Mission | None = None,
    occurred_on: date = date(2019, 1, 20),
    cause: str = Cause.MALICIOUS_ACT,
    outcome: str = Outcome.FATALITY,
    personnel: str = Personnel.MILITARY,
    reference: str | None = None,
    released: bool = True,
    **fields: Any,
) -> Casualty:
    """One person, released, in an incident: the one given, or the one of the mission, day and cause."""
    if incident is None:
        mission = mission or make_mission()
        grouped: dict[str, Any] = {"mission": mission, "occurred_on": occurred_on, "cause": cause}
        incident = Incident.objects.filter(**grouped).first() if cause in GROUPED_CAUSES else None
        incident = incident or make_incident(**grouped)
    if reference is None and fields.get("persons", 1) == 1:
        reference = f"{incident.mission.acronym}-{incident.occurred_on:%Y-%m}-{next(_numbers):05}"
    casualty = Casualty.objects.create(
        incident=incident,
        mission=incident.mission,
        occurred_on=incident.occurred_on,
        occurred_precision=incident.occurred_precision,
        cause=incident.cause,
        outcome=outcome,
        personnel=personnel,
        reference=reference,
        released=released,
        **{"origin": Origin.OPEN_DATA, "known_at": RELEASED_ON, **fields},
    )
    if outcome == Outcome.INJURY:
        forget_basis()
    return casualty


def make_annual_count(
    *,
    persons: int,
    year: int = 2019,
    mission: Mission | None = None,
    cause: str = Cause.MALICIOUS_ACT,
    personnel: str = Personnel.MILITARY,
    **fields: Any,
) -> Casualty:
    """A row of the bundled counts: so many people in a year, no incident, no reference. Its release is a bundle."""
    return Casualty.objects.create(
        mission=mission or make_mission(),
        occurred_on=date(year, 1, 1),
        occurred_precision=DatePrecision.YEAR,
        cause=cause,
        personnel=personnel,
        persons=persons,
        released=True,
        **{"origin": Origin.OPEN_DATA, "known_at": RELEASED_ON, **fields},
    )


def make_statement(*, selection: str = "cause=malicious-act", value: int | None = 1, **fields: Any) -> Statement:
    """Something that was said in public: so many people of a selection."""
    said = {
        "key": f"2019-somebody-{next(_numbers)}",
        "source": "Somebody",
        "address": "https://example.org/said",
        "published_on": date(2019, 3, 1),
        "wording": "So many people were killed",
        "note": "",
    }
    return Statement.objects.create(selection=selection, value=value, **{**said, **fields})


def make_saved_report(*, owner: User | None = None, name: str = "Mine", **fields: Any) -> SavedReport:
    """A report that somebody keeps: people by mission."""
    asks = {"report": "build", "query": "rows=mission"}
    return SavedReport.objects.create(owner=owner or make_user(), name=name, **{**asks, **fields})


def make_signed_report(*, query: str = "rows=mission", report: str = "build") -> SignedReport:
    """A report over the released records that are loaded, as a data manager signs it."""
    signer = make_user(Role.DATA_MANAGER)
    return sign(draft_of(ask(report, query, PUBLIC, load_basis())), signer, "Checked.")[0]


def make_user(*roles: Role, email: str = "", mission: Mission | None = None, everywhere: bool = True) -> User:
    """Somebody with these roles, good in all missions, in one, or (everywhere=False without a mission) in none."""
    user = User.objects.create_user(email or f"somebody{next(_numbers)}@example.org", PASSWORD)
    # Transactional tests empty every table, the groups of the first migration among them.
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    if mission or everywhere:
        for role in roles:
            Posting.objects.create(user=user, mission=mission, role=role, valid_from=date(2000, 1, 1))
    return user


def reader() -> User:
    """Sees what is released."""
    return make_user(Role.READER, email="reader@example.org")


def reporter(*, mission: Mission | None = None) -> User:
    """Enters casualties; sees confirmed ones before they are released."""
    return make_user(Role.REPORTER, email="reporter@example.org", mission=mission)


def first_authoriser(*, mission: Mission | None = None) -> User:
    """Verifies what a reporter submits."""
    return make_user(Role.FIRST_AUTHORISER, email="first.authoriser@example.org", mission=mission)


def second_authoriser(*, mission: Mission | None = None) -> User:
    """Confirms what a first authoriser verified."""
    return make_user(Role.SECOND_AUTHORISER, email="second.authoriser@example.org", mission=mission)


def data_manager() -> User:
    """Imports releases."""
    return make_user(Role.DATA_MANAGER, email="data.manager@example.org")

"""The periods of a schedule: weeks that begin on Monday, calendar months; in UTC, as everything that is timed here."""

from datetime import UTC, date, datetime, time, timedelta

from casualties.models import SavedReport

WEEKLY, MONTHLY = SavedReport.Schedule.WEEKLY, SavedReport.Schedule.MONTHLY
AT = time(6)  # the hub's release of the day has come by then


def period_of(schedule: str, now: datetime) -> date:
    """The first day of the week or month in which the mails of now are due: before 6:00 of that day, the one before."""
    day = (now.astimezone(UTC) - timedelta(hours=AT.hour)).date()
    if schedule == WEEKLY:
        return day - timedelta(days=day.weekday())
    if schedule == MONTHLY:
        return day.replace(day=1)
    raise ValueError(f"{schedule!r} is no schedule: {WEEKLY}, {MONTHLY}")


def begins(period: date) -> datetime:
    """When the mails of a period become due."""
    return datetime.combine(period, AT, UTC)


def next_period(schedule: str, now: datetime) -> date:
    """The first day of the period after that of now."""
    first = period_of(schedule, now)
    return first + timedelta(days=7) if schedule == WEEKLY else (first + timedelta(days=32)).replace(day=1)


def due_period(report: SavedReport, now: datetime) -> date | None:
    """The period of which mails are due; None before the first that began after the schedule was made."""
    period = period_of(report.schedule, now)
    return period if report.scheduled_at is not None and begins(period) >= report.scheduled_at else None

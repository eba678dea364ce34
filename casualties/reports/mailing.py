"""Mails that lead to saved reports: a link and no figure, to those who may open the report when the mail leaves.

What was sent stands in the database: one row for each report, person and period, locked while its mail is on its way
and marked when the mail server has taken it. A process that is killed between these two sends that one mail again,
under the same Message-ID; in every other case nobody gets it twice.
"""

import logging
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from casualties.models import ReportMail, SavedReport
from casualties.reports.periods import due_period
from missions.models import User

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=6)


def send_due_mails(now: datetime) -> int:
    """Send what is due and was not sent; how many mails left. Failures wait, each for longer than the one before.

    A mail server that does not answer ends the round: the next one tries again.
    """
    sent = 0
    for report in SavedReport.objects.mailed().select_related("owner").prefetch_related("recipients"):
        period = due_period(report, now)
        if period is None:
            continue
        done = set(
            ReportMail.objects.filter(report=report, schedule=report.schedule, period=period)
            .filter(Q(sent_at__isnull=False) | Q(next_attempt_at__gt=now))
            .values_list("recipient_id", flat=True)
        )
        for recipient in report.recipients.all():
            if recipient.pk in done or not report.is_open_to(recipient):
                continue
            try:
                sent += _send(report, recipient, period, now)
            except ServerSilentError:
                return sent
    return sent


class ServerSilentError(Exception):
    """The mail server cannot be reached, or refuses everything."""


def message_of(report: SavedReport, recipient: User, mail: ReportMail) -> EmailMessage:
    """The mail: what the report is called, where it is, why it came."""
    address = f"{settings.SITE_ADDRESS}{reverse('saved-report', args=[report.pk])}"
    every = "week" if mail.schedule == SavedReport.Schedule.WEEKLY else "month"
    lines = (
        f"{report.name}",
        "",
        "The report with the figures of today:",
        address,
        "",
        f"You get this mail every {every} because {report.owner.email} put you on the list of this report. "
        "Mails hold no figures; what the address shows is what you may see when you open it.",
    )
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=f"Report: {report.name} ({_period_words(mail.schedule, mail.period)})",
        body="\n".join(lines) + "\n",
        to=[recipient.email],
        headers={"Message-ID": f"<{mail.key}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _send(report: SavedReport, recipient: User, period: date, now: datetime) -> bool:
    """Send one mail, unless another process is at it or has done it; whether it left."""
    row: dict[str, Any] = {"report": report, "recipient": recipient, "schedule": report.schedule, "period": period}
    ReportMail.objects.get_or_create(**row)
    failure: Exception | None = None
    with transaction.atomic():
        waiting = ReportMail.objects.filter(**row, sent_at=None).exclude(next_attempt_at__gt=now)
        mail = waiting.select_for_update(skip_locked=True).first()
        if mail is None:
            return False
        try:
            message_of(report, recipient, mail).send()
        except (SMTPException, OSError) as error:
            failure = error
            mail.attempts += 1
            mail.error = f"{type(error).__name__}: {error}"[:300]
            mail.next_attempt_at = now + min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
        else:
            mail.sent_at, mail.error, mail.next_attempt_at = now, "", None
        mail.save()
    if failure is None:
        return True
    log.warning("The mail %s was not taken: %s", mail.key, mail.error)
    if isinstance(failure, SMTPRecipientsRefused | SMTPResponseException):
        return False  # the server answered; it may take another mail
    raise ServerSilentError from failure


def _period_words(schedule: str, period: date) -> str:
    """ "week of 23 November 2026", "November 2026"."""
    if schedule == SavedReport.Schedule.WEEKLY:
        return f"week of {period.day} {period:%B %Y}"
    return f"{period:%B %Y}"

"""Mails about saved reports, through a real mail server on this machine: to whom, when, once, again after a failure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.db import connection

from casualties.models import ReportMail, SavedReport
from casualties.reports.mailing import FIRST_WAIT, send_due_mails
from casualties.reports.periods import due_period, next_period, period_of
from casualties.tasks import mail_reports
from tests.factories import make_user, reader
from tests.ports import free_port

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 11, 18, 9, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2026, 11, 23, 6, 3, tzinfo=UTC)


class Inbox:
    """What the server took; addresses in `refused` it does not take."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.while_it_has_it(envelope)
        self.taken.append(message_from_bytes(envelope.content))
        return "250 OK"

    def while_it_has_it(self, _envelope: Envelope) -> None:
        """What happens before the server answers."""

    @property
    def to(self) -> list[str]:
        return sorted(str(mail["To"]) for mail in self.taken)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def inbox(port: int, settings: Any) -> Iterator[Inbox]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "Statistics <statistics@example.org>"
    settings.SITE_ADDRESS = "https://statistics.example.org"
    found = Inbox()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    yield found
    server.stop()


def report(schedule: str = "weekly", *, shared: bool = True, name: str = "Attacks", **fields: Any) -> SavedReport:
    """A report of reader@, mailed to its owner and to other@."""
    owner, other = reader(), make_user(email="other@example.org")
    asks = {"report": "build", "query": "rows=mission&cause=malicious-act"}
    made = SavedReport.objects.create(owner=owner, name=name, shared=shared, **asks, **fields)
    made.plan(schedule, MADE)
    made.save()
    made.recipients.set([owner, other])
    return made


def test_a_link_and_no_figure_once_a_week(inbox: Inbox) -> None:
    made = report()
    assert send_due_mails(MADE) == 0  # the week had begun before the schedule was made
    assert send_due_mails(MONDAY) == 2
    assert send_due_mails(MONDAY) == send_due_mails(MONDAY + timedelta(days=3)) == 0
    assert inbox.to == ["other@example.org", "reader@example.org"]
    mail = inbox.taken[0]
    assert mail["Subject"] == "Report: Attacks (week of 23 November 2026)"
    assert mail["From"] == "Statistics <statistics@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_payload()
    assert f"https://statistics.example.org/reports/saved/{made.pk}/" in text
    assert "because reader@example.org put you on the list" in " ".join(str(text).split())
    assert not mail.is_multipart()
    assert send_due_mails(MONDAY + timedelta(days=7)) == 2
    assert len({mail["Message-ID"] for mail in inbox.taken}) == 4


def test_nobody_gets_one_who_may_not_open_it_when_it_leaves(inbox: Inbox) -> None:
    made = report(shared=False)
    assert send_due_mails(MONDAY) == 1
    assert inbox.to == ["reader@example.org"]
    SavedReport.objects.update(shared=True)  # in the same week: the right came later, and so does the mail
    assert send_due_mails(MONDAY + timedelta(days=1)) == 1
    other = made.recipients.get(email="other@example.org")
    other.is_active = False
    other.save()
    assert send_due_mails(MONDAY + timedelta(days=7)) == 1
    assert inbox.to == ["other@example.org", "reader@example.org", "reader@example.org"]


def test_an_owner_whose_account_is_closed_keeps_nobody_informed(inbox: Inbox) -> None:
    made = report()
    made.owner.is_active = False
    made.owner.save()
    assert send_due_mails(MONDAY) == 0
    assert inbox.taken == []


def test_one_that_is_refused_is_tried_again_and_holds_nobody_up(inbox: Inbox) -> None:
    report()
    inbox.refused = {"reader@example.org"}
    assert send_due_mails(MONDAY) == 1
    failed = ReportMail.objects.get(sent_at=None)
    assert (failed.attempts, failed.next_attempt_at) == (1, MONDAY + FIRST_WAIT)
    assert "550" in failed.error
    assert send_due_mails(MONDAY + FIRST_WAIT / 2) == 0
    assert send_due_mails(MONDAY + FIRST_WAIT) == 0
    failed.refresh_from_db()
    assert (failed.attempts, failed.next_attempt_at) == (2, MONDAY + 3 * FIRST_WAIT)
    inbox.refused = set()
    assert send_due_mails(MONDAY + timedelta(hours=1)) == 1
    failed.refresh_from_db()
    assert failed.sent_at is not None
    assert (failed.error, failed.next_attempt_at) == ("", None)
    assert inbox.to == ["other@example.org", "reader@example.org"]


def test_a_silent_server_ends_the_round_and_the_next_one_sends_all(inbox: Inbox, port: int, settings: Any) -> None:
    report()
    settings.EMAIL_PORT = 1  # nobody listens there
    assert send_due_mails(MONDAY) == 0
    assert [mail.attempts for mail in ReportMail.objects.all()] == [1]
    settings.EMAIL_PORT = port
    assert send_due_mails(MONDAY + FIRST_WAIT) == 2
    assert inbox.to == ["other@example.org", "reader@example.org"]


def test_the_task_sends_what_is_due(inbox: Inbox) -> None:
    SavedReport.objects.filter(pk=report().pk).update(scheduled_at=MADE - timedelta(days=365))
    mail_reports()
    mail_reports()
    assert inbox.to == ["other@example.org", "reader@example.org"]


def test_a_name_in_any_script_is_a_subject(inbox: Inbox) -> None:
    report(name="Décès: التقرير")
    send_due_mails(MONDAY)
    said = str(make_header(decode_header(inbox.taken[0]["Subject"].strip())))
    assert said.startswith("Report: Décès: التقرير (week of 23 Nove")


@pytest.mark.parametrize(
    ("schedule", "now", "first"),
    [
        ("weekly", MONDAY, date(2026, 11, 23)),
        ("weekly", MONDAY - timedelta(minutes=4), date(2026, 11, 16)),  # before 6:00 it is still last week
        ("weekly", MONDAY + timedelta(days=6), date(2026, 11, 23)),
        ("monthly", MONDAY, date(2026, 11, 1)),
        ("monthly", datetime(2026, 12, 1, 5, 59, tzinfo=UTC), date(2026, 11, 1)),
        ("monthly", datetime(2026, 12, 1, 6, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_periods(schedule: str, now: datetime, first: date) -> None:
    assert period_of(schedule, now) == first


def test_a_month_is_not_mailed_before_it_begins_nor_for_the_one_in_which_it_was_made(inbox: Inbox) -> None:
    made = report("monthly")
    assert due_period(made, MONDAY) is None
    assert next_period("monthly", MONDAY) == date(2026, 12, 1)
    assert send_due_mails(datetime(2026, 12, 1, 6, 1, tzinfo=UTC)) == 2
    assert inbox.taken[0]["Subject"] == "Report: Attacks (December 2026)"


def test_another_schedule_begins_anew_and_the_same_one_does_not() -> None:
    made = report()
    made.plan("weekly", MONDAY)
    assert made.scheduled_at == MADE
    made.plan("monthly", MONDAY)
    assert made.scheduled_at == MONDAY
    made.plan("", MONDAY)
    assert made.scheduled_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the mail server has the mail and has not answered, another process looks for mails as well."""
    report(shared=False)
    also_sent: list[int] = []

    def other_worker() -> None:
        try:
            also_sent.append(send_due_mails(MONDAY))
        finally:
            connection.close()

    def slow(_envelope: Envelope) -> None:
        thread = Thread(target=other_worker)
        thread.start()
        thread.join()

    monkeypatch.setattr(inbox, "while_it_has_it", slow)
    assert send_due_mails(MONDAY) == 1
    assert also_sent == [0]
    assert inbox.to == ["reader@example.org"]

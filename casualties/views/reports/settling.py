"""What the owner of a saved report sends: name, shared, schedule, recipients; checked together, kept or refused."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casualties.filters import FilterProblem
from casualties.models import SavedReport
from missions.models import User

LONGEST_NAME = 100
MOST_RECIPIENTS = 50


def name_problems(name: str) -> list[FilterProblem]:
    """What is wrong with a name; it becomes the subject of mails, which is one line."""
    if not name:
        return [FilterProblem("name", "", _("is needed, so that the report can be found again"))]
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in name):
        return [FilterProblem("name", "", _("holds a character that cannot be shown"))]
    if len(name) > LONGEST_NAME:
        return [FilterProblem("name", name, _("is longer than %(n)s characters") % {"n": LONGEST_NAME})]
    return []


def settle(report: SavedReport, sent: Mapping[str, str], *, now: datetime) -> list[FilterProblem]:
    """Change a report as its owner says; nothing is changed where anything is wrong."""
    name, schedule, shared = sent.get("name", "").strip(), sent.get("schedule", ""), "shared" in sent
    problems = name_problems(name)
    if SavedReport.objects.filter(owner=report.owner, name=name).exclude(pk=report.pk).exists():
        problems.append(FilterProblem("name", name, _("is the name of another report of yours")))
    if schedule not in SavedReport.Schedule.values:
        allowed = tuple(value for value in SavedReport.Schedule.values if value)
        problems.append(FilterProblem("schedule", schedule, _("is not one of the allowed values"), allowed))
    recipients = _recipients(report, sent.get("recipients", ""), problems, shared=shared)
    if not problems and schedule and not recipients:
        problems.append(FilterProblem("recipients", "", _("is needed, to say whom the mail goes to")))
    if problems:
        return problems
    with transaction.atomic():
        report.name, report.shared = name, shared
        report.plan(schedule, now)
        report.save()
        report.recipients.set(recipients)
    return []


def _recipients(report: SavedReport, text: str, problems: list[FilterProblem], *, shared: bool) -> list[User]:
    """The accounts of the addresses in a text: one a line, or separated by commas or spaces."""
    emails = list(dict.fromkeys(text.replace(",", " ").replace(";", " ").lower().split()))
    if len(emails) > MOST_RECIPIENTS:
        reason = _("has more than %(n)s values") % {"n": MOST_RECIPIENTS}
        problems.append(FilterProblem("recipients", "", reason))
        return []
    if "\x00" in text:
        problems.append(FilterProblem("recipients", "", _("holds a character that cannot be shown")))
        return []
    accounts = {user.email: user for user in User.objects.filter(email__in=emails, is_active=True)}
    for email in emails:
        if email not in accounts:
            problems.append(FilterProblem("recipients", email, _("is not the address of an account here")))
        elif not shared and accounts[email].pk != report.owner_id:
            reason = _("may not open the report: others may only when it is shared")
            problems.append(FilterProblem("recipients", email, reason))
    return list(accounts.values())

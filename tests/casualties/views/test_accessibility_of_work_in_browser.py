"""The pages of those who work with the data, in a real browser, under the rules of accessibility.py: files made in the
background, built, saved and signed reports, columns of files, statements, revisions.

One browser and one server for all of it; records are few, and charts are left out.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pgtrigger
import pytest
from celery import Task
from django.utils import timezone
from playwright.sync_api import Page

from casualties import intake
from casualties.choices import CasualtyState, Gender
from casualties.intake.mapping import keep
from casualties.models import Casualty, Export, ExportEntry, ReportMail, SavedReport, SignedReport
from casualties.trends.rebuild import rebuild
from missions.models import ImportBatch, ImportProblem, User
from tests.casualties.intake.mapping.shapes import REGISTER, register, register_mapping, register_row
from tests.casualties.views.accessibility import sign_in, wrong_in, wrong_with
from tests.factories import (
    data_manager,
    make_casualty,
    make_country,
    make_incident,
    make_release,
    make_saved_report,
    make_signed_report,
    make_statement,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUILD = "/reports/build/?rows=nationality&rows=cause&columns=personnel&from=2019"
ADD = "/exports/add?file=casualties&form=csv"
# In the order in which they are looked at: nothing is asked for, saved or signed before the first of them.
NOTHING_YET = ("/exports/", ADD, f"{ADD}&cause=accident", "/exports/log/", "/reports/saved/", "/reports/signed/")
REPORTS = (
    "/reports/build/", BUILD, f"{BUILD}&suppress=5", "/reports/build/?rows=nobody",
    "/reports/build/sign?rows=mission&columns=cause", "/reports/saved/", "/reports/saved/{saved}/",
    "/reports/saved/{refused}/", "/reports/signed/", "/reports/signed/{signed}/",
)  # fmt: skip
OTHERS = (
    "/revisions/", "/missions/MINUSMA/brief.pdf", "/imports/", "/imports/{wrong}/", "/imports/{file}/",
    "/imports/{file}/columns", "/columns/?cause=malicious-act",
)  # fmt: skip
EXPORTS = ("/exports/", ADD, "/exports/log/", "/exports/log/?who=anonymous", "/exports/{gone}/file")
DARK = ("/exports/", "/reports/signed/{signed}/", "/imports/{file}/columns")


@pytest.fixture
def manager(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """Who works: a few people in two releases, of whom one is enough to be sent at once. No task is sent."""
    settings.EXPORT_STREAM_ROWS = 1
    monkeypatch.setattr(Task, "apply_async", lambda *_args, **_options: None)
    make_release(released_on=date(2023, 6, 30))
    make_country(iso3="MLI", name="Mali")
    earlier: dict[str, Any] = {"nationality": make_country(), "known_at": date(2023, 6, 30)}
    settled = make_casualty(cause="to-be-determined", occurred_on=date(2023, 3, 1), **earlier)
    gone = make_casualty(occurred_on=date(2022, 5, 5), **earlier)
    other = make_casualty(personnel="police", **earlier)
    later = make_release().release_date
    illness = make_incident(cause="illness", occurred_on=date(2023, 3, 1))
    Casualty.objects.filter(pk=settled.pk).update(incident=illness, cause="illness", known_at=later)
    Casualty.objects.filter(pk=gone.pk).update(state=CasualtyState.WITHDRAWN, withdrawn_on=later, known_at=later)
    Casualty.objects.filter(pk=other.pk).update(gender=Gender.FEMALE, known_at=later)
    make_casualty(nationality=make_country(iso3="NER"))
    rebuild(asked_by="test")
    yield data_manager()
    with pgtrigger.ignore():  # while one is there its table cannot be emptied for the next test
        SignedReport.objects.all().delete()


def some_reports(manager: User) -> dict[str, int]:
    """A report that is mailed, one that cannot be answered any more, and a signed one that is another number today."""
    monthly = SavedReport.Schedule.MONTHLY
    saved = make_saved_report(owner=manager, shared=True, schedule=monthly, scheduled_at=timezone.now())
    saved.recipients.add(manager)
    for month, error in ((1, ""), (2, "The mail server does not answer.")):
        mail = ReportMail(report=saved, recipient=manager, schedule=monthly, period=date(2023, month, 1), error=error)
        mail.sent_at, mail.next_attempt_at = (None, timezone.now()) if error else (timezone.now(), None)
        mail.save()
    refused = make_saved_report(owner=manager, name="Old", query="rows=mission&mission=GONE")
    signed = make_signed_report()
    make_casualty(cause="illness", occurred_on=date(2020, 1, 1))
    return {"saved": saved.pk, "refused": refused.pk, "signed": signed.pk}


def some_imports(manager: User) -> dict[str, int]:
    """A file that no reader knows, with a kept mapping that fits it, and one with errors."""
    content = register(register_row("1"), register_row("2", Country="Ruritania"))
    file = intake.stage_upload(BytesIO(content), name="register.csv", by_user=manager)
    intake.preview(file)
    keep("Register of attacks", register_mapping().definition, REGISTER, by_user=manager)
    wrong = make_release(state=ImportBatch.State.REFUSED, errors=1, warnings=1, created_by=manager)
    for level in ImportProblem.Level.values:
        said = {"line": 12, "column": "incident_date", "value": "31/31/2023", "reason": "is not a date"}
        ImportProblem.objects.create(batch=wrong, level=level, **said)
    return {"file": file.pk, "wrong": wrong.pk}


def some_exports(manager: User) -> dict[str, int]:
    """An export in each state, three of them waiting, and what the record says of exports; the failed one's number."""
    now = timezone.now()
    made = {"sha256": "0" * 64, "name": "casualties-2023-11-28.csv", "rows": 3, "bytes": 4096, "data_version": 1}
    said = {"owner": manager, "file": "casualties", "form": "csv", "query": "cause=illness", "words": "all; illness"}
    for state in (*Export.State, Export.State.QUEUED):
        ended = {Export.State.FAILED: Export.Reason.RIGHT, Export.State.EXPIRED: Export.Reason.OLD}
        export = Export.objects.create(
            **said, **made, state=state, reason=ended.get(state, ""), rows_expected=5, finished_at=now,
            expires_at=now + timedelta(days=1),
        )  # fmt: skip
        ExportEntry.objects.create(
            user=manager, how=ExportEntry.How.ASKED, file="casualties", form="csv", address=ADD, words="all; illness",
            columns=["reference", "cause"], data_version=1, export=export, rows=3, complete=state != Export.State.DONE,
        )  # fmt: skip
    return {"gone": Export.objects.get(state=Export.State.FAILED).pk}


def test_pages_of_work(
    browser_page: Page, opened: Callable[[str], int], manager: User, leave_out_charts: Callable[[], None]
) -> None:
    page = browser_page
    numbers: dict[str, int] = {}

    def look(addresses: tuple[str, ...], *, state: str = "", narrow: bool = True) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for address in (asked.format(**numbers) for asked in addresses):
            found |= wrong_in(page, opened, [address], state, narrow=narrow)
            assert page.url.endswith(address), f"{address} leads elsewhere"
        return found

    def send(address: str, button: str) -> dict[str, list[str]]:
        """The form of a page, sent as it stands whatever the browser thinks of it, and refused."""
        opened(address.format(**numbers))
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        with page.expect_navigation() as answer:
            page.locator(button).press("Enter")
        assert answer.value.status == 400
        return {f"refused {address}": found} if (found := wrong_with(page)) else {}

    leave_out_charts()
    sign_in(page, opened)
    wrong = look(NOTHING_YET)
    make_statement(key="one", value=2)
    numbers = some_reports(manager) | some_imports(manager)
    wrong |= look(REPORTS) | look(OTHERS)
    wrong |= send("/imports/{file}/columns", "button[value=keep]")
    wrong |= send("/statements/add", "main form button.primary")
    numbers |= some_exports(manager)
    wrong |= look(EXPORTS)
    opened("/exports/")
    assert {*page.locator("tbody .tag").all_inner_texts()} == {str(state.label) for state in Export.State}
    page.emulate_media(color_scheme="dark")
    wrong |= look(DARK, state="dark", narrow=False)
    assert wrong == {}

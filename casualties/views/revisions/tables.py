"""The tables of the revisions: every number leads to the people it counts, under the same dates and filters."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, words
from casualties.choices import Cause
from casualties.exports.ledger import BACK_DATED, CAME, RECLASSIFIED, WENT, Ledger
from casualties.exports.versions import ADDED, REINSTATED, WITHDRAWN
from casualties.filters import Selection
from casualties.frames import CAUSE, MISSION, YEAR
from casualties.views.revisions.address import Asked, people_known_at

RECOUNTED = "recounted"


def kind_words() -> dict[str, str]:
    """What each kind of change, and each field, is called."""
    return {
        ADDED: _("Added"),
        BACK_DATED: _("Back-dated"),
        REINSTATED: _("Reinstated"),
        WITHDRAWN: _("Withdrawn"),
        RECLASSIFIED: _("Reclassified"),
        "changed": _("Other fields changed"),
        CAME: _("Came in by a change"),
        WENT: _("Left by a change"),
        "cause": _("Cause"),
        "date": _("Date of incident"),
        "mission": _("Mission"),
        "outcome": _("Outcome"),
        "severity": _("Severity"),
        "personnel": _("Personnel"),
        "nationality": _("Nationality"),
        "other_nationalities": _("Other nationality labels"),
        "gender": _("Gender"),
        "died_on": _("Date of death"),
        "persons": _("Number of people"),
        "reference": _("Casualty number"),
        "released": _("Released"),
        "incident": _("Incident"),
    }


def balance_table(ledger: Ledger, selection: Selection, asked: Asked) -> Table:
    """From the count at the first date to that at the second, step by step."""
    found = ledger.balance()
    day = {name: f"{wording.day_and_month(at)} {at.year}" for name, at in (("s", asked.since), ("u", asked.until))}
    named = kind_words()

    def step(label: str, kind: str, sign: int) -> Row:
        number = sign * found[kind]
        show = "persons" if kind == RECOUNTED else kind
        text = wording.signed(number) if sign and kind != BACK_DATED else wording.count(number)
        url = asked.address(selection, show=show, old="", new="", page=1) if number else ""
        return Row(cells=(words(label), Cell(text=text, url=url)))

    rows = [
        Row(
            cells=(
                words(_("As known at %(s)s") % day),
                Cell(text=wording.count(found["since"]), url=people_known_at(selection, asked.since)),
            )
        ),
        step(named[ADDED], ADDED, 1),
        step(_("of them back-dated into a year that was closed"), BACK_DATED, 1),
        step(named[REINSTATED], REINSTATED, 1),
        step(named[WITHDRAWN], WITHDRAWN, -1),
    ]
    optional = ((named[CAME], CAME, 1), (named[WENT], WENT, -1), (_("Counted anew"), RECOUNTED, 1))
    rows += [step(label, kind, sign) for label, kind, sign in optional if found[kind]]
    last = Cell(text=wording.count(found["until"]), url=people_known_at(selection, asked.until))
    rows.append(Row(cells=(words(_("As known at %(u)s") % day), last), total=True))
    return Table(headings=(Heading(text=_("Step"), number=False), Heading(text=_("People"))), rows=tuple(rows))


def matrix_table(ledger: Ledger, selection: Selection, asked: Asked) -> Table | None:
    """Causes before (rows) and after (columns) of those reclassified; None where nobody is."""
    found = {(row["from"], row["to"]): row["persons"] for row in ledger.reclassified().to_dict("records")}
    if not found:
        return None
    before = [cause for cause in Cause.values if any(old == cause for old, _new in found)]
    after = [cause for cause in Cause.values if any(new == cause for _old, new in found)]

    def people(old: str, new: str) -> Cell:
        number = sum(n for (a, b), n in found.items() if old in {a, ""} and new in {b, ""})
        url = asked.address(selection, show=RECLASSIFIED, old=old, new=new, page=1) if number else ""
        return Cell(text=wording.count(number), url=url)

    return Table(
        headings=(
            Heading(text=_("From"), number=False),
            *(Heading(text=_("to %(cause)s") % {"cause": wording.cause_label(new).lower()}) for new in after),
            Heading(text=_("All")),
        ),
        rows=(
            *(
                Row(cells=(words(wording.cause_label(old)), *(people(old, new) for new in after), people(old, "")))
                for old in before
            ),
            Row(cells=(words(_("All")), *(people("", new) for new in after), people("", "")), total=True),
        ),
    )


def fields_table(ledger: Ledger, selection: Selection, asked: Asked) -> Table | None:
    """People by field that changed, the cause left out; None where no other field changed."""
    found, named = ledger.fields(), kind_words()
    if not found:
        return None
    return Table(
        headings=(Heading(text=_("Field"), number=False), Heading(text=_("People"))),
        rows=tuple(
            Row(cells=(words(named[name]), _people(n, asked.address(selection, show=name, old="", new="", page=1))))
            for name, n in found.items()
        ),
    )


def group_tables(ledger: Ledger, selection: Selection, asked: Asked) -> list[dict[str, Any]]:
    """By cause, by mission, by year: heading, label of the region and table; those without any change are left out."""
    groups: Mapping[str, tuple[str, Callable[[Any], str], Callable[[Any], Selection]]] = {
        CAUSE: (_("By cause"), wording.cause_label, lambda cause: selection.change(cause=cause)),
        MISSION: (_("By mission"), str, lambda acronym: selection.change(mission=acronym)),
        YEAR: (_("By year of the incident"), str, lambda year: selection.in_year(int(year))),
    }
    tables: list[dict[str, Any]] = []

    def marks(year: int) -> tuple[str | None, str | None]:
        """The marks of a year at either date."""
        return _mark(year, ledger.then), _mark(year, ledger.now)

    for by, (heading, label, narrowed) in groups.items():
        frame = ledger.balances(by)
        if by == CAUSE:
            frame = frame.sort_values(CAUSE, key=lambda column: column.map(list(Cause.values).index))
        if not frame.empty:
            rows = [
                _group(row, label(row[by]), narrowed(row[by]), asked, marks(row[by]) if by == YEAR else ("", ""))
                for row in frame.to_dict("records")
            ]
            recounted = bool(frame[RECOUNTED].any())
            tables.append({"heading": heading, "table": Table(headings=_headings(asked), rows=tuple(rows))})
            if recounted:
                tables[-1]["note"] = _(
                    "Where a source gives counts of people, a count that changed is in the last one."
                )
    return tables


def _headings(asked: Asked) -> tuple[Heading, ...]:
    named = kind_words()
    return (
        Heading(text="", number=False),
        Heading(text=_short(asked.since)),
        *(Heading(text=named[kind]) for kind in (ADDED, BACK_DATED, REINSTATED, WITHDRAWN, CAME, WENT)),
        Heading(text=_short(asked.until)),
        Heading(text=_("Change")),
    )


def _mark(year: int, known: Selection) -> str | None:
    """That of the count of a year at a date: p of the open year; None where the release of then did not cover it."""
    last = known.basis.last_covered_year
    return None if last is None or year > last else "p" if year == last else ""


def _group(
    row: Mapping[Any, Any], label: str, narrowed: Selection, asked: Asked, marks: tuple[str | None, str | None]
) -> Row:
    """A row of a table; `marks` are those of the two counts, None where there was nothing to count."""
    before, after = (
        Cell(text=wording.NOT_AVAILABLE, missing=True)
        if mark is None and not row[name]
        else Cell(
            text=wording.count(row[name]), url=people_known_at(narrowed, day) if row[name] else "", mark=mark or ""
        )
        for name, day, mark in zip(("since", "until"), (asked.since, asked.until), marks, strict=True)
    )
    cells = [words(label), before]
    for kind in (ADDED, BACK_DATED, REINSTATED, WITHDRAWN, CAME, WENT):
        cells.append(_people(row[kind], asked.address(narrowed, show=kind, old="", new="", page=1)))
    cells.append(after)
    cells.append(Cell(text=wording.signed(row["until"] - row["since"])))
    return Row(cells=tuple(cells))


def _people(number: int, url: str) -> Cell:
    return Cell(text=wording.count(number), url=url if number else "")


def _short(day: Any) -> str:
    return wording.dated(day, "j M Y")

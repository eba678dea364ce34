"""The files of a selection, with what is in them beside their names."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.exports.background import is_long
from casualties.filters import Selection
from casualties.views.addresses import with_query
from casualties.views.explorer.facets import Counts


def files_of(selection: Selection, counts: Counts, incidents: int | None) -> list[dict[str, str]]:
    """The files of the selection with what is in them beside their names."""
    persons = sum(counts.by_outcome.values())  # of rows, not a figure: a file of both outcomes has both kinds of row
    said = _("no rows") if not persons else _("%(n)s people") % {"n": wording.count(persons)}
    if persons == 1:
        said = _("1 person")
    files = [
        {
            "label": _("CSV, %(rows)s") % {"rows": said},
            "url": with_query(reverse("casualties-csv"), selection.query_string),
        }
    ]
    query = selection.query_string
    files.append(_workbook("casualties", _("XLSX, people"), query, rows=persons))
    if incidents:
        label = _("CSV, %(n)s incidents") % {"n": wording.count(incidents)} if incidents > 1 else _("CSV, 1 incident")
        files.append({"label": label, "url": with_query(reverse("incidents-csv"), query)})
        files.append(_workbook("incidents", _("XLSX, incidents"), query, rows=incidents))
    return files


def _workbook(file: str, label: str, query: str, *, rows: int) -> dict[str, str]:
    """A workbook; where it is too long to be sent at once, the page on which it is asked for (`later`)."""
    if not is_long(rows):
        return {"label": label, "url": with_query(reverse(f"{file}-xlsx"), query)}
    asked = "&".join(part for part in (query, f"file={file}&form=xlsx") if part)
    words = _("%(label)s, in the background") % {"label": label}
    return {"label": words, "url": with_query(reverse("export-add"), asked), "later": "1"}

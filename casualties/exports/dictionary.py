"""docs/data-dictionary.md, printed from the allow-list of columns, so that the two cannot differ."""

from collections.abc import Sequence

from casualties.exports.columns import INCIDENTS, PEOPLE, Column

HEAD = """\
# Data dictionary

The columns of the files. Printed by `manage.py print_data_dictionary` from `casualties/exports/columns`; a test
holds this page to it. A column that is not listed here is in no file.

Files are UTF-8, comma-separated, with CRLF line ends and quotes where needed (RFC 4180). The first line names the
columns. Dates are ISO 8601. An empty cell means that nothing is recorded; it never means zero. Words in cells are those
of the addresses, so a value of a file can be put into a filter. A text cell that a spreadsheet would run as a formula
begins with an apostrophe. A line break in a text is a line feed within quotes.

- `?columns=reference,date,cause` chooses columns and their order; without it the standard ones come.
- `?header=1` puts lines beginning with `#` above the file: source, licence, scope, filters, those left aside,
  date known at, data version, number of rows.
- Columns for staff go to those who may see confirmed records before their release, and are filled for the missions in
  which they may.
- Figures (`/figures.csv?by=year,cause`) have the dimensions asked for, the measure, `release` and `mark`. Years of the
  series in which nobody died stand with 0. `mark` is p for a figure that reaches into the open year, and r for one that
  is another than when its year, or the last year of its window, was first published as closed; `/revisions/` says why.
- Comparisons (`/compare.csv?item=MINUSMA&item=UNAMID`) have the file of each of their charts: `view=years`, `windows`,
  `rates` or `shares`; without a view, or with `view=counts`, their table.
- Shares by cause beside all other missions, as the page of a mission draws them, are `/missions/MINUSMA/shares.csv`;
  headquarters with their coordinates, as on the map, `/places.csv`; open cases by age and mission
  `/open-case-ages.csv`.
"""


def data_dictionary() -> str:
    """The page as Markdown."""
    return "\n".join(
        [
            HEAD,
            *_table("Casualties", "/casualties.csv", "One row per selected person.", PEOPLE),
            *_table(
                "Incidents", "/incidents.csv", "One row per incident with at least one selected person.", INCIDENTS
            ),
        ]
    )


def _table(title: str, path: str, rows: str, columns: Sequence[Column]) -> list[str]:
    lines = [
        f"## {title}",
        "",
        f"`{path}`. {rows}",
        "",
        "| column | heading | meaning | for | standard |",
        "| --- | --- | --- | --- | --- |",
    ]
    for column in columns:
        audience = "everybody" if column.audience == "public" else "staff"
        standard = "yes" if column.standard else "on request"
        lines.append(f"| `{column.name}` | {column.heading} | {column.meaning} | {audience} | {standard} |")
    return [*lines, ""]

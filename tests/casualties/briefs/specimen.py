"""A brief with made-up figures, for tests of its layout and of its files."""

from casualties import briefs


def windows(n: int, *, last: int = 2023) -> list[briefs.Window]:
    """So many windows up to one that is open; the first is the record."""
    return [
        {
            "name": f"{year - 4}–{year % 100:02}",
            "first": year - 4,
            "last": year,
            "persons": 100 - i,
            "provisional": year == last,
            "record": i == 0,
        }
        for i, year in enumerate(range(last - n + 1, last + 1))
    ]


def specimen(*, rows: int = 7, selection: str = "all peace operations") -> briefs.Contents:
    """Two causes in two years, and so many windows."""
    kept = windows(rows)
    return {
        "language": "fr",
        "author": "Casualty statistics",
        "title": "Mission d’essai, Côte d’Ivoire",
        "kicker": "Brief",
        "facts": "2022 to 2023",
        "sentence": "1\u202f234 people died: −5 on the year before, 2019–23.",
        "figures": [{"label": "Deaths", "value": "1\u202f234", "mark": "p", "note": "Of them 7 in 2023."}],
        "bars": {
            "title": "Deaths by year",
            "subtitle": "All personnel",
            "caveat": "",
            "years": [2022, 2023],
            "causes": ["malicious-act", "to-be-determined"],
            "labels": ["Malicious act", "To be determined"],
            "persons": [[3, 0], [None, 2]],
            "open_year": 2023,
        },
        "lines": {
            "title": "Windows",
            "subtitle": "All personnel",
            "caveat": "",
            "lines": [{"cause": "malicious-act", "label": "Malicious act", "windows": kept}],
            "record": "Record",
        },
        "table": {
            "heading": "Five-year windows",
            "caption": "",
            "headings": ["Window", "Deaths", "Mark"],
            "words": [0, 2],
            "rows": [
                {"cells": [(one["name"], ""), (str(one["persons"]), ""), ("", "")], "record": one["record"]}
                for one in reversed(kept)
            ],
            "more": "And %(n)s earlier windows.",
        },
        "method_heading": "Method",
        "method": ["One person is counted once."],
        "foot": ["Scope: all.", f"Selection: {selection}.", "Release of 28 November 2023. Data version 7."],
        "page": "Page %(n)s of 2",
    }

"""Examples that fetch figures with the tools people have, ready to paste. The tests run them as they stand here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

FIGURES = "/api/v1/figures/?cause=malicious-act&by=year&format=csv"
VARIABLE = "CASUALTIES_TOKEN"


@dataclass(frozen=True)
class Example:
    """Code in one language. `words` says what it does."""

    key: str
    tool: str
    words: str
    code: str


def examples(site: str, *, token: bool) -> list[Example]:
    """The examples for this address. `token`: whether reading needs one, which the code takes from the environment."""
    made: tuple[tuple[str, str, str, Callable[..., str]], ...] = (
        ("curl", "curl", _("Deaths by malicious acts by year, as a CSV file."), _curl),
        ("python", _("Python with pandas"), _("The same as a data frame of pandas."), _python),
        ("pages", _("Python alone"), _("All people of a mission, page after page."), _pages),
        ("r", "R", _("The same as a data frame, without any package."), _r),
        (
            "power-query",
            "Excel, Power BI",
            _("Power Query: Data, Get Data, From Other Sources, Blank Query, Advanced Editor."),
            _power_query,
        ),
    )
    return [Example(key, tool, words, write(site, token=token)) for key, tool, words, write in made]


def _curl(site: str, *, token: bool) -> str:
    header = f' -H "Authorization: Bearer ${VARIABLE}"' if token else ""
    return f'curl --fail --silent --show-error{header} -o figures.csv \\\n  "{site}{FIGURES}"'


def _python(site: str, *, token: bool) -> str:
    head = "import os\n\nimport pandas as pd\n" if token else "import pandas as pd\n"
    options = (
        f',\n    storage_options={{"Authorization": f"Bearer {{os.environ[\'{VARIABLE}\']}}"}},\n' if token else ",\n"
    )
    return f'{head}\nfigures = pd.read_csv(\n    "{site}{FIGURES}"{options})\nprint(figures)'


def _pages(site: str, *, token: bool) -> str:
    lines = ["import json", *(["import os"] if token else []), "from urllib.request import Request, urlopen", ""]
    lines += [f'headers = {{"Authorization": f"Bearer {{os.environ[\'{VARIABLE}\']}}"}}' if token else "headers = {}"]
    return "\n".join(
        [
            *lines,
            f'address = "{site}/api/v1/casualties/?mission=MINUSMA&page_size=1000"',
            "people = []",
            "while address:",
            "    with urlopen(Request(address, headers=headers)) as answer:",
            "        page = json.load(answer)",
            '    people += page["casualties"]',
            '    address = page["next"]',
            'print(len(people), "rows as known at", page["known_at"])',
        ]
    )


def _r(site: str, *, token: bool) -> str:
    headers = f',\n  headers = c(Authorization = paste("Bearer", Sys.getenv("{VARIABLE}")))\n' if token else "\n"
    return f'figures <- read.csv(url(\n  "{site}{FIGURES}"{headers}))\nprint(figures)'


def _power_query(site: str, *, token: bool) -> str:
    headers = ',\n        Headers = [Authorization = "Bearer " & Token]' if token else ""
    start = '    Token = "paste the token here",\n' if token else ""
    return (
        f"let\n{start}"
        f'    Answer = Web.Contents("{site}", [\n'
        '        RelativePath = "api/v1/figures/",\n'
        f'        Query = [cause = "malicious-act", by = "year", format = "csv"]{headers}\n'
        "    ]),\n"
        '    Lines = Csv.Document(Answer, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
        "    Named = Table.PromoteHeaders(Lines),\n"
        '    Typed = Table.TransformColumnTypes(Named, {{"year", Int64.Type}, {"persons", Int64.Type}})\n'
        "in\n    Typed"
    )

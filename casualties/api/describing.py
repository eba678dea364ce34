"""What each address of the API takes and answers: docs/openapi.yaml is printed from it."""

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from casualties.api.components import COMPONENTS
from casualties.api.schema_parts import (
    DAY,
    SAID,
    SWITCH,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    WHOLE,
    Schema,
    a_list,
    an_object,
    filters,
    formats,
    pages,
    path,
    query,
    ref,
    words,
)
from casualties.choices import Verdict
from casualties.counts import DIMENSIONS, MEASURES
from casualties.exports.ledger import STEPS
from casualties.filters import PARAMETERS, TEXT_SEARCH
from missions.models import Strength

CSV, PARQUET, JSON = "text/csv", "application/vnd.apache.parquet", "application/json"
PROBLEM_JSON = "application/problem+json"
VERSION = {"data_version": SAID["data_version"]}
FAILURES = {
    400: "A parameter is wrong; it is named, with what is allowed.",
    401: "A token is needed, or the one given is not valid.",
    403: "The token does not carry the scope of this address.",
    406: "No format that the header Accept asks for can be given.",
    409: "The loaded data cannot answer, or they changed between two pages.",
    429: "Too many requests; the header Retry-After says when to come again.",
    503: "The data changed while the answer was prepared; ask again.",
}
NOT_FOUND = {404: "There is no such thing, or not for whoever asks."}


def described(
    name: str,
    summary: str,
    answer: Schema,
    *,
    tag: str,
    parameters: Sequence[OpenApiParameter],
    others: Sequence[str] = (CSV,),
    description: str = "",
    one: bool = False,
) -> Callable[..., Any]:
    """extend_schema for one address. `others`: media types beside JSON. `one`: it answers 404 where it is not there."""
    responses: dict[Any, Any] = {(200, JSON): OpenApiResponse(answer, description="The answer.")}
    for media in others:
        binary = {"type": "string", "format": "binary"} if media == PARQUET else {"type": "string"}
        responses[200, media] = OpenApiResponse(binary, description="The answer.")
    for status, words_ in {**FAILURES, **(NOT_FOUND if one else {})}.items():
        responses[status, PROBLEM_JSON] = OpenApiResponse(ref("Problem"), description=words_)
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=description or summary,
        tags=[tag],
        parameters=[*parameters, formats("json", *(["csv"] if CSV in others else []), *_parquet(others))],
        responses=responses,
        auth=[{"token": []}, {}],  # type: ignore[list-item]
    )


def _parquet(others: Sequence[str]) -> list[str]:
    return ["parquet"] if PARQUET in others else []


def complete(result: dict[str, Any], generator: Any, request: Any, public: Any) -> dict[str, Any]:
    """Hook of drf-spectacular: components, the token, the headers of every answer."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(COMPONENTS)
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "Issued by an administrator; see /data/. Without one, only where reading is public.",
        }
    }
    headers = {
        "ETag": {"schema": TEXT, "description": "Send it back as If-None-Match: 304 means unchanged."},
        "Last-Modified": {"schema": TEXT, "description": "When the data or the software changed."},
        "Link": {"schema": TEXT, "description": 'Address of the next page, rel="next".'},
        "Data-Version": {"schema": {"type": "string"}, "description": "The version of the data."},
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["200"]["headers"] = headers
            operation["responses"]["304"] = {"description": "Nothing changed since the tag or date that was sent."}
    return result


_COLUMNS_OF = "Names of columns, in the order in which they are to come; see /data/dictionary/."
_HEADER = query("header", SWITCH, "1: lines beginning with # above a CSV file say what it is.")
_SINCE = query("changed_since", DAY, "Only what has been known as it is since that day or a later one.")
_RECORD_PARAMETERS = [words("columns", (), _COLUMNS_OF), _SINCE, *pages()]
_RECORD_SAID = {**SAID, "changed_since": TEXT_OR_NONE}

describe_figures = described(
    "figures",
    "Figures of a selection by dimensions",
    an_object({"figures": {"type": "array", "items": ref("Figure")}, **SAID}),
    tag="figures",
    description=(
        "The number of a page, through the same count. One object for each combination that occurs; without `by` one "
        "object, 0 included. With outcome=all the outcome is always a dimension."
    ),
    others=(CSV, PARQUET),
    parameters=[
        *filters(PARAMETERS),
        words("by", DIMENSIONS, "Dimensions to count by."),
        query("measure", {**TEXT, "enum": list(MEASURES)}, "persons, or incidents with at least one selected person."),
        query("zeros", SWITCH, "1: years of the series in which nobody was counted stand with 0; needs by=year."),
        _HEADER,
    ],
)
describe_trends = described(
    "trends",
    "Five-year windows of a selection",
    a_list("windows", ref("Window"), {**SAID, "left_aside": TEXTS}),
    tag="figures",
    description=(
        "Windows with rank, record, change, rate and intervals, as docs/method.md defines them. A window is five whole "
        "years, so filters of years and days are left aside, and `left_aside` names those that were given."
    ),
    parameters=[*filters(PARAMETERS), words("by", ("cause",), "cause: windows of each cause and of all."), _HEADER],
)
describe_casualties = described(
    "casualties",
    "People of a selection, latest incident first",
    a_list("casualties", ref("Casualty"), _RECORD_SAID),
    tag="records",
    parameters=[*filters(PARAMETERS), *_RECORD_PARAMETERS, _HEADER],
)
describe_casualty = described(
    "casualty",
    "One person by the source's number",
    an_object({"casualty": ref("Casualty"), **SAID}),
    tag="records",
    others=(),
    one=True,
    parameters=[
        path("reference", "The source's number of the person."),
        *filters(["known_at"]),
        words("columns", (), _COLUMNS_OF),
    ],
)
describe_incidents = described(
    "incidents",
    "Incidents with at least one selected person, latest first",
    a_list("incidents", ref("Incident"), _RECORD_SAID),
    tag="records",
    parameters=[*filters(PARAMETERS), *_RECORD_PARAMETERS, _HEADER],
)
describe_incident = described(
    "incident",
    "One incident with its people",
    an_object(
        {"incident": ref("Incident"), "casualties": {"type": "array", "items": ref("Casualty")}, **SAID},
    ),
    tag="records",
    others=(),
    one=True,
    parameters=[
        path("key", "Key of the incident, as its page has it."),
        *filters(["known_at"]),
        words("columns", (), _COLUMNS_OF),
    ],
)
describe_withdrawn = described(
    "withdrawn",
    "References that are no longer in the data",
    a_list("withdrawn", an_object({"reference": TEXT, "withdrawn_on": TEXT}), VERSION),
    tag="records",
    description="Take them out of a copy. Latest first; it takes no filter, since a copy should be of everything.",
    parameters=[_SINCE, *pages()],
)
describe_revisions = described(
    "revisions",
    "What changed between two dates",
    a_list(
        "revisions",
        ref("Revision"),
        {
            **SAID,
            "since": TEXT,
            "until": TEXT,
            "balance": an_object(
                dict.fromkeys(("since", "back-dated", *STEPS, "until"), WHOLE),
            ),
        },
    ),
    tag="records",
    description=(
        "One object per person and field that changed, one for anybody who was added, withdrawn or reinstated. The "
        "balance leads from the count at `since` to that at `until`; back-dated are among the added."
    ),
    parameters=[
        *filters([name for name in PARAMETERS if name not in {"known_at", TEXT_SEARCH}]),
        query("since", DAY, "From what was known at that day; by default the release before."),
        query("until", DAY, "To what was known at that day; by default the newest release."),
        *pages(),
    ],
)
describe_statements = described(
    "statements",
    "Published statements with the newest verdict on each",
    a_list("statements", ref("Statement"), VERSION),
    tag="figures",
    parameters=[query("verdict", {**TEXT, "enum": list(Verdict.values)}, "Those of one verdict."), *pages()],
)
describe_statement = described(
    "statement",
    "One published statement",
    an_object({"statement": ref("Statement"), **VERSION}),
    tag="figures",
    others=(),
    one=True,
    parameters=[path("key", "Key of the statement, as its page has it.")],
)
describe_missions = described(
    "missions",
    "Missions with their dates, places and families",
    a_list("missions", ref("Mission"), VERSION),
    tag="reference",
    parameters=[*filters(("mission", "family", "kind", "region", "scope")), *pages()],
)
describe_mission = described(
    "mission",
    "One mission",
    an_object({"mission": ref("Mission"), **VERSION}),
    tag="reference",
    others=(),
    one=True,
    parameters=[path("acronym", "Acronym of the mission.")],
)
describe_countries = described(
    "countries",
    "Countries and areas that a nationality may name",
    a_list("countries", ref("Country"), VERSION),
    tag="reference",
    parameters=pages(),
)
describe_country = described(
    "country",
    "One country",
    an_object({"country": ref("Country"), **VERSION}),
    tag="reference",
    others=(),
    one=True,
    parameters=[path("iso3", "ISO 3166-1 alpha-3 code; SCG and YUG for dissolved states.")],
)
describe_strengths = described(
    "strengths",
    "Uniformed person-years by mission, year and category",
    a_list("strengths", ref("Strength"), VERSION),
    tag="reference",
    parameters=[
        *filters(("mission", "family", "kind", "region", "from", "to")),
        words("category", Strength.Category.values, "Categories of uniformed personnel."),
        *pages(),
    ],
)

"""Whatever the bytes: a file is read or refused with a reason; nothing else ever comes out of the readers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casualties.intake.sources import HUB_REQUIRED, OWN_OPTIONAL, OWN_REQUIRED, UnknownFormatError
from peacekeeping.tables.errors import UnreadableTableError
from tests.casualties.intake.cleaning import clean_file
from tests.casualties.intake.releases import (
    csv_bytes,
    hub_row,
    import_bytes,
    json_bytes,
    own_row,
    problems_of,
    stage_bytes,
)

REAL = [csv_bytes([hub_row(), hub_row("X-2")]), json_bytes([hub_row(), hub_row("X-2")]), csv_bytes([own_row()])]


def read(content: bytes) -> None:
    reasons = []
    try:
        rows, problems = clean_file(content)
    except (UnreadableTableError, UnknownFormatError) as error:
        reasons.append(error.reason)
    else:
        reasons += [problem.reason for problem in problems]
        assert all(row.mission_id and row.persons for row in rows)
    assert all(reasons)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_it_works(content: bytes) -> None:
    read(content)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(REAL), st.integers(0, 700), st.integers(0, 20), st.binary(max_size=12))
def test_a_real_file_with_a_wound(content: bytes, place: int, cut: int, wound: bytes) -> None:
    read(content[:place] + wound + content[place + cut :])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(HUB_REQUIRED), st.text(max_size=20)))
def test_any_text_in_any_column_of_the_open_data(cells: dict[str, str]) -> None:
    read(csv_bytes([hub_row() | cells]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(OWN_REQUIRED + OWN_OPTIONAL), st.text(max_size=20)))
def test_any_text_in_any_column_of_the_import_format(cells: dict[str, str]) -> None:
    row = dict.fromkeys(OWN_REQUIRED + OWN_OPTIONAL, "") | own_row() | cells
    read(csv_bytes([row]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"a\x00b\n1\n",
        b"a,b\x00,c\n1,2,3\n",
        csv_bytes([hub_row() | {"new\x07column": "x"}]),
        json_bytes([hub_row()]).replace(b'"Military"', b'"\\ud800"'),
        json_bytes([hub_row()]).replace(b'"gender"', b'"\\ud800\\u0000"'),
        json_bytes([hub_row()]).replace(b'"M"', b'"M\\u0000"'),
        json_bytes([hub_row()]).replace(b'"M"', b"1e999"),
        csv_bytes([hub_row(gender="\x1b[31m")]),
    ],
)
def test_what_cannot_be_stored_is_made_visible(content: bytes, reference: None) -> None:
    batch = import_bytes(content)
    batch.refresh_from_db()
    assert batch.state in ("refused", "applied")
    assert "".join(map(str, problems_of(batch) + problems_of(batch, "warning"))).isprintable()


@pytest.mark.django_db
def test_a_name_that_cannot_be_stored_is_made_visible() -> None:
    batch = stage_bytes(b"a,b\n", name="bad\x00\udcff.csv")
    batch.refresh_from_db()
    assert batch.file_name == "bad\\x00\\xdcff.csv"
    assert stage_bytes(b"a,b\n", name="").file_name == "unnamed"
    assert len(stage_bytes(b"a,b\n", name="x" * 1000).file_name) == 255

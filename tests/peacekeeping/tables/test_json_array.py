"""JSON: an array of flat objects, as a stream."""

import json

import pytest

from peacekeeping.tables.json_array import BLOCK
from tests.peacekeeping.tables.reads import read, refusal


def test_it_works() -> None:
    table, rows = read(b'[{"a": 1, "b": null},\n {"a": -2.5, "b": ""}]\n')
    assert table.headings == ("a", "b")
    assert table.place_name == "record"
    assert [(row.line, row.cells) for row in rows] == [(1, (1, None)), (2, (-2.5, ""))]


def test_values_keep_their_kinds() -> None:
    assert read('[{"a": "é", "b": -678153600000, "c": true, "d": 250.0}]'.encode())[1][0].cells == (
        "é",
        -678153600000,
        True,
        250.0,
    )


def test_objects_across_blocks_are_whole() -> None:
    records = [{"id": number, "text": f"é{number}" * 20} for number in range(4 * BLOCK // 100)]
    rows = read(json.dumps(records, ensure_ascii=False, indent=1).encode())[1]
    assert [row.cells for row in rows] == [(record["id"], record["text"]) for record in records]


def test_keys_that_differ_are_faults_of_their_rows() -> None:
    rows = read(b'[{"a": 1, "b": 2}, {"a": 1}, {"a": 1, "b": 2, "c": 3}, {"b": 4, "a": 3}]')[1]
    assert [row.fault for row in rows] == [
        "",
        'the key "b" is missing',
        'the key "c" stands in no earlier record',
        "",
    ]
    assert rows[3].cells == (3, 4)


def test_a_nested_value_is_a_fault_of_its_row() -> None:
    assert '"b" holds a list or an object' in read(b'[{"a": 1, "b": [2]}]')[1][0].fault


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"[]", "array is empty", None),
        (b'{"detail": "Not found"}', "not an array of objects", 1),
        (b"[1, 2]", "not an array of objects", 1),
        (b'[{"a": 1}, 2]', "not an array of objects", 2),
        (b'[{"a": 1, "a": 2}]', 'The key "a" stands twice', 1),
        (b'[{"a": 1}, {"a": NaN}]', "NaN is not a JSON value", 2),
        (b'[{"a": 1} {"a": 2}]', "comma between two objects is missing", 2),
        (b'[{"a": 1},]', "not an array of objects", 2),
        (b'[{"a": 1}] rest', "Something follows the end", 2),
        (b'[{"a": 1}, {"a": 2}', "closing bracket is missing", 3),
        (b'[{"a": 1}, {"a": ', "not valid JSON", 2),
        (b'[{"a": 1}, {"a": tru}]', "not valid JSON", 2),
        (b'[{"a": ' + b"[" * 100_000, "nested too deeply", 1),
        (b'[{"a": "' + b"x" * 3_000_000 + b'"}]', "longer than 1,000,000 characters", 1),
        (b'[{"a": ' + b"9" * 5_000 + b"}]", "not valid JSON", 1),
    ],
)
def test_refusals_say_where(content: bytes, reason: str, line: int | None) -> None:
    error = refusal(content)
    assert reason in error.reason
    assert error.line == line


def test_a_broken_object_does_not_draw_the_whole_file_into_memory() -> None:
    error = refusal(b'[{"a": 1}, {"a": "' + b"x" * 5_000_000)
    assert "not valid JSON" in error.reason

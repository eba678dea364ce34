"""The real release, in both of its forms."""

from pathlib import Path

import pytest

from tests.peacekeeping.tables.reads import read


@pytest.mark.realdata
def test_csv_and_json_hold_the_same_rows(real_data: Path) -> None:
    table, rows = read((real_data / "fatalities-2023-11-28.csv").read_bytes())
    json_table, records = read((real_data / "fatalities-2023-11-28.json").read_bytes())
    assert table.headings == json_table.headings
    assert len(rows) == len(records) == 4350
    assert (rows[0].line, rows[-1].line) == (2, 4351)
    assert [row.cells[2] for row in rows] == [record.cells[2] for record in records]
    assert not any(row.fault for row in (*rows, *records))

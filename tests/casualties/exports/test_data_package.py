"""The data package says the truth: headings, types and words of the real files are those that it names."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from casualties.exports.data_package import data_package
from casualties.filters import load_basis

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]
WRITTEN = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?", "date": r"\d{4}-\d{2}-\d{2}", "string": r".*"}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_cell_of_the_release_fits_its_field(client: Client, settings: Any, place: int) -> None:
    settings.PUBLIC_READING = True
    resource = data_package(load_basis(), site="")["resources"][place]
    text = client.get(resource["path"]).getvalue().decode(resource["encoding"])
    reader = csv.DictReader(io.StringIO(text, newline=""))
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert reader.fieldnames == list(fields)
    rows = list(reader)
    assert len(rows) > 1_000
    for name, field in fields.items():
        written = re.compile(WRITTEN[field["type"]])
        allowed = field.get("constraints", {})
        for cell in {row[name] for row in rows}:
            if cell == "":
                assert not allowed.get("required"), name
            else:
                assert written.fullmatch(cell), (name, cell)
                assert cell in allowed.get("enum", [cell]), (name, cell)

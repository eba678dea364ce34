"""Every variable of the environment that the settings read is explained in docs/operations.md."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_is_documented() -> None:
    settings = (ROOT / "peacekeeping" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', settings))
    docs = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert len(names) > 10
    assert {name for name in names if f"`{name}`" not in docs} == set()

"""Every variable of the environment that the settings and the web server read is explained in docs/operations.md."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_is_documented() -> None:
    read = ("peacekeeping/settings.py", "gunicorn.conf.py")
    settings = "".join((ROOT / file).read_text(encoding="utf-8") for file in read)
    names = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', settings))
    docs = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert len(names) > 10
    assert {name for name in names if f"`{name}`" not in docs} == set()

"""The import contracts of pyproject.toml hold, and charts take of Django only its translation."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_contracts_hold() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_charts_take_of_django_only_its_languages_and_the_escaping_of_sentences() -> None:
    found = {
        name
        for file in (ROOT / "casualties" / "charts").rglob("*.py")
        for name in _imported(file)
        if name.split(".")[0] == "django"
    }
    languages, escaping = {"translation", "dateformat"}, {"html", "safestring"}
    assert found <= {f"django.utils.{name}" for name in languages | escaping}


def _imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names

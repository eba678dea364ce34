"""Front-end files: locked by version and checksum, fetched once, never half there."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from peacekeeping import assets
from peacekeeping.coastlines import world_coastlines

# Stands in for npm, which would use the network: it writes down how it was called and makes the two files.
GEO = """  "dist/topojson/world_110m.json"(exports, module) {
    module.exports = { type: "Topology", objects: { coastlines: { type: "GeometryCollection", geometries: [{ type:
 "MultiLineString", arcs: [[2], [~0]] }] }, countries: { type: "GeometryCollection", geometries: [] } }, arcs: [[[0, 0],
 [1, 1]], [[5, 5], [1, 0]], [[9, 9], [1, 2]]], transform: { scale: [0.5, 0.25], translate: [-180, -85] } };
  }""".replace("~0", "-1")
NPM = """#!/bin/sh
if [ "$1" = --version ]; then echo 11.0.0; exit; fi
echo "$@" >> {log}
{fails}
mkdir -p node_modules/plotly.js/dist
echo script > node_modules/plotly.js/dist/plotly-basic.min.js
echo style > node_modules/plotly.js/dist/plotly.css
cat > node_modules/plotly.js/dist/plotly-geo-assets.js << 'END'
{geo}
END
"""


@pytest.fixture
def npm_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return stand_in(tmp_path, monkeypatch, fails="")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *, fails: str) -> Path:
    log = folder / "npm-calls"
    for name, text in (("npm", NPM.format(log=log, fails=fails, geo=GEO)), ("node", "#!/bin/sh\n")):
        program = folder / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:/usr/bin:/bin")
    return log


def test_it_works(tmp_path: Path, npm_calls: Path) -> None:
    vendor = tmp_path / "vendor"
    assert assets.fetch_assets(vendor)
    served = sorted(path.name for path in vendor.iterdir() if not path.name.startswith("."))
    assert served == ["coastlines.json", "htmx.min.js", "plotly-basic.min.js", "plotly.css"]
    assert (vendor / "plotly.css").read_text() == "style\n"
    assert (vendor / "plotly-basic.min.js").read_text() == "//# allFunctionsCalledOnLoad\nscript\n"
    assert "htmx" in (vendor / "htmx.min.js").read_text()[:20]
    [call] = npm_calls.read_text().splitlines()
    assert call.startswith("ci --ignore-scripts ")
    assert not list(vendor.glob(".work-*"))


def test_coastlines_are_all_that_is_kept_of_the_world() -> None:
    kept = json.loads(world_coastlines(GEO))
    assert kept["objects"] == {"coastlines": {"type": "MultiLineString", "arcs": [[1], [-1]]}}
    assert kept["arcs"] == [[[0, 0], [1, 1]], [[9, 9], [1, 2]]]
    assert kept["transform"] == {"scale": [0.5, 0.25], "translate": [-180, -85]}


def test_a_world_of_another_shape_is_said() -> None:
    for script in ("", GEO.replace("coastlines", "coasts"), GEO.replace("module.exports", "exports.world")):
        with pytest.raises(ValueError, match="no coastlines"):
            world_coastlines(script)


def test_a_second_time_does_nothing(tmp_path: Path, npm_calls: Path) -> None:
    vendor = tmp_path / "vendor"
    assert assets.fetch_assets(vendor)
    assert not assets.fetch_assets(vendor)
    assert len(npm_calls.read_text().splitlines()) == 1


def test_a_missing_file_or_another_version_is_fetched_again(tmp_path: Path, npm_calls: Path) -> None:
    vendor = tmp_path / "vendor"
    assets.fetch_assets(vendor)
    (vendor / "plotly.css").unlink()
    assert assets.fetch_assets(vendor)
    (vendor / assets.STAMP).write_text("made from other versions")
    assert assets.fetch_assets(vendor)
    assert len(npm_calls.read_text().splitlines()) == 3


def test_a_failure_says_what_npm_said_and_leaves_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, fails="echo 'request failed' >&2; exit 1")
    with pytest.raises(assets.AssetsError, match=r"(?s)is the network there.*request failed"):
        assets.fetch_assets(tmp_path / "vendor")
    assert not (tmp_path / "vendor" / assets.STAMP).exists()


def test_the_lock_names_what_is_served_with_a_checksum_and_without_an_address() -> None:
    wanted = json.loads((assets.ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((assets.ROOT / "package-lock.json").read_text())["packages"]
    assert locked[""]["dependencies"] == wanted
    packages = {name.removeprefix("node_modules/"): entry for name, entry in locked.items() if name}
    assert {name: entry["version"] for name, entry in packages.items()} == wanted
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
    assert {source.split("/", 1)[0] for source in assets.FROM_NPM.values()} == set(wanted)


def test_the_bundle_has_the_version_that_the_python_side_draws_for() -> None:
    spec = find_spec("plotly")
    assert spec is not None
    assert spec.origin is not None
    with (Path(spec.origin).parent / "package_data" / "plotly.min.js").open(encoding="utf-8") as bundle:
        version = re.search(r"plotly\.js v([\d.]+)", bundle.read(500))
    assert version is not None
    wanted = json.loads((assets.ROOT / "package.json").read_text())["dependencies"]
    assert wanted["plotly.js"] == version.group(1)

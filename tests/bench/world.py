"""A system of the benchmark's own: servers, a database with the asked data, and the web server of production."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from peacekeeping.embedded import start_services
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = (
    "id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,"
    "casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update"
)
MISSIONS = ("MINUSMA", "UNMISS", "MONUSCO", "UNIFIL", "UNAMID", "MINUSCA", "UNMIL", "UNOCI")
CAUSES = ("Malicious Act", "Accident", "Illness", "Self-inflicted", "To Be Determined")
PERSONNEL = ("Military", "Police", "International Civilian", "Local Civilian", "Military Observer")
COUNTRIES = (("Chad", "148.0", "TCD"), ("India", "356.0", "IND"), ("Norway", "578.0", "NOR"), ("Togo", "768.0", "TGO"))
REBUILD = "from casualties.trends.rebuild import rebuild; rebuild(asked_by='benchmark', even_if_built=True)"
FIRST_DAY, DAYS = date(1991, 1, 1), 12_000


@dataclass(frozen=True)
class World:
    """Where it runs. `environment` leads every program of the product to it."""

    folder: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> float:
        """A management command in a process of its own; answers the seconds that it took."""
        started = time.perf_counter()
        command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return time.perf_counter() - started


@contextmanager
def world() -> Iterator[World]:
    """Servers of our own in a temporary folder; they and it go at the end."""
    folder = Path(tempfile.mkdtemp(prefix="peacekeeping-bench-"))
    folder.chmod(0o755)
    services = start_services(folder, {}, throwaway=True)
    own = {
        "SECRET_KEY": "the benchmark protects nothing",
        "PUBLIC_READING": "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "OPEN_DATA_URL": "http://127.0.0.1:9/nobody-listens",
        "STATE_DIR": str(folder / "state"),
        "STATIC_ROOT": str(folder / "static"),
        "WEB_GRACEFUL_SECONDS": "2",
        "API_ANONYMOUS_RATE": "100000",
    }
    (folder / "state").mkdir()
    try:
        yield World(folder, {**os.environ, **services.environment, **own})
    finally:
        services.stop()


@contextmanager
def web(where: World) -> Iterator[tuple[str, int]]:
    """The web server as production runs it: its address and the number of its first process."""
    bind = f"127.0.0.1:{free_port()}"
    where.manage("collectstatic", "--noinput", "--verbosity=0")
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    with (where.folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [gunicorn, "peacekeeping.wsgi:application"],
            cwd=ROOT,
            env={**where.environment, "BIND": bind},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(f"http://{bind}/healthz")
        yield f"http://{bind}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers at {address}")


def read(address: str) -> int:
    """How many bytes the answer has; an answer that is no success raises."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return len(answer.read())


def write_release(file: Path, people: int) -> None:
    """A made-up release of so many people in the hub's own form, the same every time."""
    dice = random.Random(20231128)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADINGS + "\r\n")
        for n in range(1, people + 1):
            day = FIRST_DAY + timedelta(dice.randrange(DAYS))
            country, m49, iso3 = dice.choice(COUNTRIES)
            mission = dice.choice(MISSIONS)
            out.write(
                f"{n},{day},{mission}-{day:%Y-%m}-{n:07},{mission},Fatality,{dice.choice('MF')},{country},"
                f"{dice.choice(PERSONNEL)},{dice.choice(CAUSES)},{m49},{iso3},2023-11-28\r\n"
            )

"""docker-compose.yml: every service's very command runs outside containers, and its own health check agrees."""

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from peacekeeping.launcher.state import ROOT
from tests.casualties.intake.hub_server import Hub, hub_server
from tests.casualties.intake.releases import hub_row, json_bytes
from tests.peacekeeping.embedded.holder import eventually, processes_naming
from tests.ports import free_port

pytestmark = pytest.mark.processes

OURS = ("migrate", "web", "worker", "beat")
STARTED = {"web": "Booting worker", "worker": " ready.", "beat": "beat: Starting"}  # what each says in its log
GIVEN = {"SECRET_KEY": "a key for this test alone", "DB_PASSWORD": "letters1"}


# The innermost first: what is used where a variable is blank may hold another one.
VARIABLE = re.compile(r"(?P<escaped>\$\$)|\$\{(?P<name>\w+)(?P<operator>:[-?])(?P<rest>[^${}]*)\}")
# Of the image alone: where its files are and where it listens; and what is for development only.
INTERNAL = {"BIND", "DEBUG", "STATE_DIR", "STATIC_ROOT", "TMPDIR"}


def filled_in(part: Any) -> Any:
    """A part of the file with its variables filled in as docker compose does it: after reading, in texts alone."""
    if isinstance(part, dict):
        return {key: filled_in(value) for key, value in part.items()}
    if isinstance(part, list):
        return [filled_in(value) for value in part]
    if isinstance(part, str):
        while (filled := VARIABLE.sub(_value, part)) != part:
            part = filled
    return part


def _value(match: re.Match[str]) -> str:
    if match["escaped"]:
        return "$"
    if match["operator"] == ":?":
        return GIVEN[match["name"]]
    return GIVEN.get(match["name"], match["rest"])


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as docker compose understands it."""
    understood: dict[str, Any] = filled_in(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))
    return understood


def test_it_works(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"db", "cache", *OURS}
    assert compose["services"]["db"]["image"].startswith("postgres:18")
    assert compose["services"]["cache"]["image"].startswith("valkey/valkey:")


def test_the_cache_cannot_fill_the_queues_memory(compose: dict[str, Any]) -> None:
    command = compose["services"]["cache"]["command"]
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options["--maxmemory"] == "512mb"
    assert options["--maxmemory-policy"] == "volatile-lru"
    assert options["--appendonly"] == "yes"


def test_nobody_comes_past_the_proxy_unless_told_to(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}
    monkeypatch.setitem(GIVEN, "PUBLISH_ADDRESS", "192.0.2.7")
    read = filled_in(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))
    assert read["services"]["web"]["ports"] == ["192.0.2.7:8000:8000"]


def test_large_temporary_files_are_not_in_memory(compose: dict[str, Any]) -> None:
    assert compose["services"]["worker"]["tmpfs"] == ["/tmp"]
    assert compose["services"]["worker"]["volumes"] == ["state:/srv/state"]
    assert " TMPDIR=/srv/state/tmp " in (ROOT / "Dockerfile").read_text()


def test_a_secret_that_is_missing_stops_it() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert "${SECRET_KEY:?" in text
    assert "${DB_PASSWORD:?" in text


def test_only_the_environment_differs_from_service_to_service(compose: dict[str, Any]) -> None:
    services = compose["services"]
    differing = {"command", "depends_on", "healthcheck", "ports", "restart", "stop_grace_period"}
    shared = [{key: value for key, value in services[name].items() if key not in differing} for name in OURS]
    assert all(each == shared[0] for each in shared)
    assert shared[0]["read_only"] is True


def test_everything_has_a_health_check_and_waits_for_what_it_needs(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert all("healthcheck" in services[name] for name in services if name != "migrate")
    for name in OURS:
        needs = {other: wish["condition"] for other, wish in services[name]["depends_on"].items()}
        assert needs.pop("migrate", "service_completed_successfully") == "service_completed_successfully"
        assert needs == {"db": "service_healthy", "cache": "service_healthy"}
    assert all("migrate" in services[name]["depends_on"] for name in ("web", "worker", "beat"))


def test_every_setting_that_it_passes_is_one_that_the_settings_read(compose: dict[str, Any]) -> None:
    settings = (ROOT / "peacekeeping" / "settings.py").read_text() + (ROOT / "gunicorn.conf.py").read_text()
    unknown = [name for name in compose["services"]["web"]["environment"] if f'("{name}"' not in settings]
    assert unknown == []


def test_every_setting_that_is_documented_can_be_said(compose: dict[str, Any]) -> None:
    table = (ROOT / "docs" / "operations.md").read_text().split("### Variables\n\n")[1].split("\n\n")[0]
    documented = {name for row in table.splitlines() for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert len(documented) > 25
    assert documented - INTERNAL == set(compose["services"]["web"]["environment"])


def test_a_database_and_a_broker_of_ones_own_take_the_place_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"DATABASE_URL": "postgres://me:secret@elsewhere:5432/mine", "REDIS_URL": "rediss://elsewhere:6380/1"}
    ours = filled_in(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))["services"]["web"]["environment"]
    assert ours["DATABASE_URL"] == "postgres://casualties:letters1@db:5432/casualties"
    assert ours["REDIS_URL"] == "redis://cache:6379/0"
    for name, address in own.items():
        monkeypatch.setitem(GIVEN, name, address)
    theirs = filled_in(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))["services"]["web"]["environment"]
    assert {name: theirs[name] for name in own} == own


@pytest.mark.parametrize("value", ["many", "0", "1.5"])
def test_a_malformed_setting_of_the_web_server_stops_it_with_one_sentence(value: str) -> None:
    """A blank one is the default, as everywhere: the very commands are run with blank ones below."""
    gunicorn = [str(Path(sys.executable).parent / "gunicorn"), "--check-config", "peacekeeping.wsgi:application"]
    environment = {**os.environ, "WEB_WORKERS": value}
    done = subprocess.run(gunicorn, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"WEB_WORKERS must be a whole number of 1 or more, not '{value}'." in done.stderr


@pytest.mark.skipif(
    subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode != 0
    if shutil.which("docker")
    else True,
    reason="docker compose is not installed here",
)
def test_docker_compose_accepts_it() -> None:
    subprocess.run(
        ["docker", "compose", "config", "--quiet"], cwd=ROOT, env={**os.environ, **GIVEN}, check=True, timeout=60
    )


class Outside:
    """The services' commands outside containers: a database, a broker key prefix and a state folder of their own.

    The database has its tables already: that they are made from nothing is seen wherever a database of tests is made,
    and takes longer than everything else here.
    """

    def __init__(self, compose: dict[str, Any], folder: Path, database_url: str, hub: Hub) -> None:
        self.services = compose["services"]
        self.port = free_port()
        self.folder = folder
        own = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        self.environment = {
            **own,
            **self.services["web"]["environment"],
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DATABASE_URL": database_url,
            "REDIS_URL": os.environ["REDIS_URL"],
            "BROKER_PREFIX": "compose:",
            "STATE_DIR": str(folder),
            "TMPDIR": str(folder / "tmp"),
            "STATIC_ROOT": str(folder / "static"),
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_GRACEFUL_SECONDS": "1",
            "OPEN_DATA_URL": hub.address,
            "CELERY_SKIP_CHECKS": "1",  # as `make run` does: the checks import every page, and `make lint` runs them
            "PYTHONWARNINGS": "ignore:You're running the worker",
        }
        (folder / "static").mkdir()

    def here(self, words: list[str]) -> list[str]:
        """A command with the container's state folder replaced by ours."""
        return [word.replace("/srv/state", str(self.folder)) for word in words]

    def healthy(self, name: str) -> bool:
        """What the service's own health check says."""
        kind, *words = self.services[name]["healthcheck"]["test"]
        command = ["sh", "-c", words[0]] if kind == "CMD-SHELL" else words
        return (
            subprocess.run(
                self.here(command), cwd=ROOT, env=self.environment, capture_output=True, check=False
            ).returncode
            == 0
        )

    @contextmanager
    def running(self, *names: str) -> Iterator[None]:
        """Services while they run, started together; at the end each stops in order when asked to."""
        processes = {name: self._start(name) for name in names}
        try:
            for name, process in processes.items():
                self._wait(name, process)
            yield
        finally:
            for process in processes.values():
                process.terminate()
            codes = {name: process.wait(60) for name, process in processes.items()}
        for name, code in codes.items():
            assert code == 0, self._log(name).read_text()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        with self._log(name).open("wb") as output:
            return subprocess.Popen(
                self.here(self.services[name]["command"]),
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _wait(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Until it is healthy, or has ended."""
        log = self._log(name)
        # A health check is a program that imports the product: asked too early it only keeps the service waiting.
        eventually(lambda: process.poll() is not None or STARTED[name] in log.read_text(), 60)
        assert eventually(lambda: process.poll() is not None or self.healthy(name), 120), log.read_text()
        assert process.poll() is None, log.read_text()

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@pytest.fixture
def outside(compose: dict[str, Any], tmp_path: Path, other_database: str) -> Iterator[Outside]:
    folder = tmp_path / "srv"
    folder.mkdir()
    with hub_server() as hub:
        hub.body = json_bytes([hub_row()])
        yield Outside(compose, folder, other_database, hub)
    assert eventually(lambda: processes_naming(str(tmp_path)) == {})


def test_the_very_commands_run_and_are_healthy(outside: Outside) -> None:
    migrate = outside.here(outside.services["migrate"]["command"])
    done = subprocess.run(migrate, cwd=ROOT, env=outside.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "countries: 258 added" in done.stdout
    assert "Applied: 1 people: 1 new" in done.stdout
    assert (outside.folder / "tmp").is_dir()
    with outside.running("web", "worker", "beat"):
        assert eventually(lambda: ready(outside.port), 60)
    assert not outside.healthy("web")
    assert not outside.healthy("worker")


def ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return False

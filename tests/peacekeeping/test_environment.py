"""A missing or malformed setting stops the start with one clear sentence."""

import tempfile
from pathlib import Path

import pytest

from peacekeeping import environment


def test_a_missing_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    with pytest.raises(SystemExit, match="SECRET_KEY is missing"):
        environment.text("SECRET_KEY")


@pytest.mark.parametrize("value", ["yes", "true", "2"])
def test_a_flag_is_1_or_0(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEBUG", value)
    with pytest.raises(SystemExit, match="DEBUG must be 0 or 1"):
        environment.flag("DEBUG", default=False)


@pytest.mark.parametrize("value", ["0", "-1", "ten", "1.5"])
def test_a_number_is_whole(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SWEEP_SECONDS", value)
    with pytest.raises(SystemExit, match="SWEEP_SECONDS must be a whole number"):
        environment.whole("SWEEP_SECONDS", 30)


def test_a_word_is_one_of_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL_SECURITY", raising=False)
    assert environment.one_of("EMAIL_SECURITY", ("none", "starttls", "tls")) == "none"
    monkeypatch.setenv("EMAIL_SECURITY", "ssl")
    with pytest.raises(SystemExit, match="EMAIL_SECURITY must be one of none, starttls, tls, not 'ssl'"):
        environment.one_of("EMAIL_SECURITY", ("none", "starttls", "tls"))


def test_the_folder_of_temporary_files_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "state" / "tmp"))
    assert tempfile.gettempdir() != str(tmp_path / "state" / "tmp"), "Python passes over what is missing"
    assert environment.temporary_folder("TMPDIR") == tmp_path / "state" / "tmp"
    with tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).parent == tmp_path / "state" / "tmp"


def test_a_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "file" / "tmp"))
    with pytest.raises(SystemExit, match=r"TMPDIR: the folder .*/file/tmp cannot be made: Not a directory"):
        environment.temporary_folder("TMPDIR")
    monkeypatch.delenv("TMPDIR")
    assert environment.temporary_folder("TMPDIR") is None


def test_a_database_on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://some%40body:se%2Fcret@db:5432/casualties?sslmode=require")
    assert environment.database("DATABASE_URL") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "casualties",
        "USER": "some@body",
        "PASSWORD": "se/cret",
        "HOST": "db",
        "PORT": "5432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_on_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres:///casualties?host=/run/pg&user=casualties")
    found = environment.database("DATABASE_URL")
    assert (found["NAME"], found["HOST"], found["USER"]) == ("casualties", "/run/pg", "casualties")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("sqlite:///db.sqlite3", "only PostgreSQL"),
        ("mysql://u@h/db", "only PostgreSQL"),
        ("postgres://u@h", "must look like"),
        ("postgres://u@h:port/db", "port that is not a number"),
        ("postgres://u@h/db?sslmod=require", "unknown option 'sslmod'"),
    ],
)
def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch, value: str, reason: str) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(SystemExit, match=reason):
        environment.database("DATABASE_URL")


def test_one_redis_address_has_two_spellings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///run/valkey.sock?db=2")
    assert environment.redis("REDIS_URL") == (
        "redis+socket:///run/valkey.sock?virtual_host=2",
        "unix:///run/valkey.sock?db=2",
    )
    monkeypatch.setenv("REDIS_URL", "redis://cache:6379/1")
    assert environment.redis("REDIS_URL") == ("redis://cache:6379/1", "redis://cache:6379/1")
    monkeypatch.setenv("REDIS_URL", "amqp://rabbit")
    with pytest.raises(SystemExit, match="REDIS_URL must look like"):
        environment.redis("REDIS_URL")

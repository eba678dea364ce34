"""PostgreSQL and Valkey without an installation: for `make run` and for the tests.

    services = start_services(Path("var"))
    ...                     # services.environment has DATABASE_URL and REDIS_URL
    services.stop()

Several processes may do this for the same folder: the first starts the servers, the last to leave stops them, and a
killed process counts as one that left. Production has servers of its own and never comes here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peacekeeping.embedded.errors import EmbeddedError
from peacekeeping.embedded.postgres import Postgres
from peacekeeping.embedded.server import Server
from peacekeeping.embedded.valkey import Valkey

__all__ = ["EmbeddedError", "Postgres", "Server", "Services", "Valkey", "start_services"]

DATABASE = "peacekeeping"


@dataclass(frozen=True)
class Services:
    """The embedded servers in use, and the environment that leads to them."""

    servers: list[Server]
    environment: dict[str, str]

    def stop(self) -> None:
        """Leave them; those that nobody else uses are stopped."""
        for server in reversed(self.servers):
            server.stop()


def start_services(state: Path, environment: Mapping[str, str], *, throwaway: bool = False) -> Services:
    """Start, or attach to, the servers that the environment does not name already.

    Args:
        state: the folder whose `postgres` and `valkey` folders hold the data.
        environment: DATABASE_URL and REDIS_URL in it replace the embedded servers.
        throwaway: for tests: unsafe and fast, and the whole state folder is removed at the end.

    Raises:
        EmbeddedError: a server cannot be found or started; the message says what to do.
    """
    servers: list[Server] = []
    leads_to: dict[str, str] = {}
    try:
        if environment.get("DATABASE_URL"):
            leads_to["DATABASE_URL"] = environment["DATABASE_URL"]
        else:
            postgres = Postgres(state / "postgres", DATABASE, throwaway=throwaway)
            postgres.start()
            servers.append(postgres)
            leads_to["DATABASE_URL"] = postgres.url()
        if environment.get("REDIS_URL"):
            leads_to["REDIS_URL"] = environment["REDIS_URL"]
        else:
            valkey = Valkey(state / "valkey", throwaway=throwaway)
            valkey.start()
            servers.append(valkey)
            leads_to["REDIS_URL"] = valkey.url()
    except BaseException:
        Services(servers, {}).stop()
        raise
    return Services(servers, leads_to)

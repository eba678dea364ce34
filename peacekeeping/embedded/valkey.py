"""The embedded Valkey: broker of Celery and cache, every write in an append-only file."""

import signal
import socket
from pathlib import Path

from peacekeeping.embedded.account import Account
from peacekeeping.embedded.programs import Programs, valkey_programs
from peacekeeping.embedded.server import Server

CONFIGURATION = {
    "--port": "0",
    "--unixsocketperm": "700",
    "--save": "",
    "--daemonize": "no",
    "--supervised": "no",
    "--appendfsync": "everysec",
    # Full, it drops what expires (the cache's) and never what waits to be done, which does not expire.
    "--maxmemory": "128mb",
    "--maxmemory-policy": "volatile-lru",
}


class Valkey(Server):
    """Valkey (or Redis) on a unix socket; tasks that wait survive its death."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def programs(self) -> Programs:
        """The wheel's program, else the system's."""
        return valkey_programs()

    def url(self) -> str:
        """The REDIS_URL of the started server."""
        return f"unix://{self._socket()}?db=0"

    def answers(self) -> bool:
        """Whether it answers PING; not while it still reads its file."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(5)
                connection.connect(self._socket())
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def prepare(self, account: Account, program: Path) -> list[str]:
        """See Server.prepare. Valkey removes a stale socket itself and reads a cut-off file to its last whole entry."""
        data = self.folder("data", account)
        self.folder("socket", account)
        options = {
            **CONFIGURATION,
            "--dir": str(data),
            "--unixsocket": self._socket(),
            "--appendonly": "no" if self.throwaway else "yes",
        }
        return [str(program), *(part for pair in options.items() for part in pair)]

    def _socket(self) -> str:
        return str((self.home / "socket").resolve() / "valkey.sock")

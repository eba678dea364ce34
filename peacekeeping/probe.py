"""Is this part alive? For the health checks of containers, which run for ever: none of them imports the product.

python -m peacekeeping.probe web
python -m peacekeeping.probe worker
python -m peacekeeping.probe beat FILE
"""

import os
import socket
import sys
import time
import urllib.request
from pathlib import Path

# Celery's timetable writes down what it has sent every three minutes.
LONGEST_SILENCE_SECONDS = 600
WORKER_ANSWERS_WITHIN_SECONDS = 5
ONCE_MORE = {"max_retries": 1, "interval_start": 0.2}  # for a broker that is just starting; the next check comes soon


def web() -> None:
    """Ask the web process of this machine for /healthz; an answer other than 2xx raises."""
    port = os.environ.get("BIND", "127.0.0.1:8000").rsplit(":", 1)[1]
    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=4).close()


def worker() -> None:
    """Ask the worker of this machine, worker@HOST, through the broker.

    Raises:
        RuntimeError: it does not answer, or the broker does not.
    """
    from celery import Celery
    from kombu.exceptions import OperationalError

    from peacekeeping.environment import BROKER_PREFIX, redis, text

    broker, _cache = redis("REDIS_URL")
    app = Celery(broker=broker, set_as_current=False)
    app.conf.broker_transport_options = {"global_keyprefix": text("BROKER_PREFIX", BROKER_PREFIX), **ONCE_MORE}
    name = f"worker@{socket.gethostname()}"
    try:
        answers = app.control.ping(destination=[name], timeout=WORKER_ANSWERS_WITHIN_SECONDS)
    except OperationalError as error:
        raise RuntimeError(f"the broker does not answer: {error}") from None
    if not answers:
        raise RuntimeError(f"{name} has not answered for {WORKER_ANSWERS_WITHIN_SECONDS} seconds")


def beat(schedule: Path) -> None:
    """Check that the timetable has written its file lately.

    Raises:
        RuntimeError: it has not, or there is no such file.
    """
    # Depending on the system the file has an ending of its own.
    written = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
    if not written or time.time() - max(written) > LONGEST_SILENCE_SECONDS:
        raise RuntimeError(f"the timetable has not written {schedule} for {LONGEST_SILENCE_SECONDS} seconds")


def main(arguments: list[str]) -> int:
    """Exit code 0 when the part is alive; else 1 and the reason."""
    try:
        if arguments == ["web"]:
            web()
        elif arguments == ["worker"]:
            worker()
        elif len(arguments) == 2 and arguments[0] == "beat":
            beat(Path(arguments[1]))
        else:
            raise SystemExit(__doc__)
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

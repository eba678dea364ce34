"""The web server, in production and in `make run` alike: threads, because requests wait for the database."""

import gc
import os

from peacekeeping import environment

bind = environment.text("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = environment.whole("WEB_WORKERS", 2)
threads = 8
preload_app = True  # one import for all workers, of the pages too: see when_ready
keepalive = 5
graceful_timeout = environment.whole("WEB_GRACEFUL_SECONDS", 30)
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(M)sms'  # no user agent, no referrer: nobody is profiled
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - heartbeats, not on a disk
control_socket_disable = True


def when_ready(server: object) -> None:
    """Import every page before the workers fork; Django would do so in each worker, at its first request.

    What is there by then stays: no worker looks through it for garbage, and their memory remains shared.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - importing is what reading it does
    gc.freeze()

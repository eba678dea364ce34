#!/usr/bin/env python
"""Django's command line for this project.

In a checkout where `make run` was used it works on the data of that run, whether or not it is running; DATABASE_URL in
the environment leads elsewhere.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacekeeping.settings")
    from django.core.management import execute_from_command_line

    from peacekeeping.launcher.local import local_services

    with local_services():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

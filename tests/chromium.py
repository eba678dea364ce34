"""The browser of the browser tests: the machine's own Chromium or Chrome, else one that is installed now.

python -m tests.chromium
"""

import os
import shutil
import subprocess
import sys

# The headless shell is the same engine without the windows and menus that nobody looks at: a third less processor time.
HEADLESS = "chromium-headless-shell"
# Code of a page runs once and briefly: to compile it better than it needs takes longer than it saves.
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--js-flags=--no-opt --no-maglev")
NAMES = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The path of the browser to use, None when there is none. CHROMIUM names another one."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def main() -> int:
    """Make sure that there is one, and say which."""
    found = installed()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("No browser here: installing Chromium from the distribution for the browser tests", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=environment, stdout=subprocess.DEVNULL, check=False)
        for package in (HEADLESS, "chromium"):  # Ubuntu has only the second
            if found is None:
                command = ["apt-get", "-qq", "install", "-y", package]
                subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
                found = installed()
    if found is None:
        print("No browser here: installing Chromium with playwright for the browser tests", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        found = installed()
    if found is None:
        print("There is no Chromium for the browser tests, and none could be installed: install it.", file=sys.stderr)
        return 1
    print(f"browser: {found}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

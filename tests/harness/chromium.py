"""Where a Chromium is, if there is one."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ADVICE = "install chromium or google-chrome, or run `.venv/bin/playwright install chromium`"


def system_chromium() -> str | None:
    """Path of a Chromium of the system, or the one named by WORTLAUT_CHROMIUM."""
    named = os.environ.get("WORTLAUT_CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_has_one() -> bool:
    """Whether `playwright install chromium` has been done on this machine."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    homes = (
        [Path(named)]
        if named
        else [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    )
    return any(any(home.glob("chromium*-*/INSTALLATION_COMPLETE")) for home in homes)


def is_there_one() -> bool:
    return system_chromium() is not None or playwright_has_one()

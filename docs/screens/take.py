"""`make screens`: load the demo into a throw-away database, serve it, and take the pictures of this folder.

German, in desktop and phone width. ARGS="term round-open" takes only these.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.harness import chromium  # noqa: E402  the same browser as in the tests

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 780}}
# A picture shows the beginning of a page: that many screens.
SCREENS = {"desktop": 2, "phone": 3}
COLOURS = 128
PASSWORD = "wortlaut-demo"  # noqa: S105  the demo's
# Name → who looks (None: a reader without an account), address, what to do first.
PAGES: dict[str, tuple[str | None, str]] = {
    "home": (None, "/"),
    "glossary": (None, "/glossar/"),
    "term": (None, "/glossar/digitale-bildung/"),
    "comparison": (None, "/glossar/digitale-bildung/vergleich/"),
    "round-open": ("bob", "/glossar/runden/"),
    "round-closed": (None, "/glossar/runden/"),
    "entry": (None, "/glossar/digitale-bildung/v1/"),
    "guide": (None, "/leitfaeden/erst-der-auftrag/"),
    "practices": (None, "/praxis/"),
    "mine": ("bob", "/mein/"),
}


def main() -> None:
    """Everything, or the pictures named on the command line."""
    wanted = sys.argv[1:] or list(PAGES)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.system_chromium(), args=chromium.ARGUMENTS
        )
        for device in SIZES:
            for name in wanted:
                take(browser, address, device, name)
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The demo on a free port; WORTLAUT_SCREENS_DATABASE names a database that has it already."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("WORTLAUT_SCREENS_DATABASE")
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": f"sqlite:///{given or folder + '/demo.sqlite3'}",
            "MEDIA_ROOT": os.environ.get("WORTLAUT_SCREENS_MEDIA", f"{folder}/media"),
            "PUBLIC_URL": f"http://{address}",
            "IDENTIFIER_BASE": "https://wortlaut.example",
            "LOG_LEVEL": "WARNING",
        }
        for command in [] if given else ["compile_catalogues", "migrate", "load_demo"]:
            subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", address], cwd=ROOT, env=environment
        )  # fmt: skip
        try:
            wait_for(f"http://{address}/healthz")
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str) -> None:
    """Until the server answers; raises the last error after a minute."""
    for attempt in range(120):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  our own server
        except (urllib.error.URLError, ConnectionError):
            if attempt == 119:
                raise
            time.sleep(0.5)
        else:
            return


def take(browser: Browser, address: str, device: str, name: str) -> None:
    """One picture, as the browser shows it, with a small palette."""
    person, url = PAGES[name]
    size = SIZES[device]
    context = browser.new_context(base_url=address, viewport=size, locale="de-DE", device_scale_factor=1)
    page = context.new_page()
    if person:
        sign_in(page, person)
    page.goto(url)
    prepare(page, name)
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": whole})
    page.wait_for_timeout(300)
    prepare_view(page, name)
    top = beginning(page, name)
    height = min(whole - top, size["height"] * SCREENS[device])
    clip = {"x": 0, "y": top, "width": size["width"], "height": height}
    picture = Image.open(BytesIO(page.screenshot(clip=clip, full_page=True))).convert("RGB")
    picture = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(HERE / f"{name}-{device}-de.png", optimize=True)
    context.close()


def sign_in(page: Page, person: str) -> None:
    """By password."""
    page.goto("/konto/anmelden/")
    page.fill("input[name=login]", f"{person}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url("**/mein/**")


def prepare(page: Page, name: str) -> None:
    """What people do before the page looks like that."""
    if name == "comparison":
        page.goto("/glossar/digitale-bildung/")
        fold = page.locator("details.column").first
        if not fold.evaluate("e => e.open"):
            fold.locator("summary").click()
        fold.get_by_role("link", name="Mit Fassung 1 vergleichen").click()
        page.wait_for_url("**/vergleich/**")
    elif name == "round-open":
        page.locator("main a", has_text="überarbeiteten Wortlaut für „digitale Bildung“").first.click()
        page.get_by_label("Stadt Musterstadt").check()
        page.get_by_role("button", name="Weiter").click()
        page.locator("#antwort").wait_for()
    elif name == "round-closed":
        page.locator("main a", has_text="diesen Wortlaut für „digitale Bildung“").first.click()
    page.evaluate("window.scrollTo(0, 0)")


def beginning(page: Page, name: str) -> int:
    """Where the picture begins: at the top, but for the form of a round."""
    if name != "round-open":
        return 0
    return int(page.locator("#antwort").evaluate("e => e.getBoundingClientRect().top + scrollY")) - 40


def prepare_view(page: Page, name: str) -> None:
    """Tooltips are placed in the final window."""
    if name == "guide":
        term = page.locator("a.term[href*='digitale-bildung']").first
        term.focus()
        page.locator(f"#{term.get_attribute('aria-describedby')}").wait_for()


if __name__ == "__main__":
    main()

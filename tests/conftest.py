"""The harness of all tests: databases, caches, browser. The people in the tests come from tests.factories."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from django.utils.translation import trans_real
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from home.catalogues import compile_catalogues
from tests.cast import cast  # noqa: F401  the people of all tests
from tests.demo import demo, demo_snapshot  # noqa: F401  the demo's content, for browser tests
from tests.harness import chromium, migrated
from tests.harness.snapshots import take_snapshot
from tests.harness.traffic import Traffic

IN_CI = bool(os.environ.get("CI"))
NO_CHROMIUM = f"no Chromium found; {chromium.ADVICE}"

# A busy machine is no counterexample: time is measured where it matters, in CPU time.
hypothesis_settings.register_profile("wortlaut", deadline=None)
hypothesis_settings.load_profile("wortlaut")


def on_postgresql() -> bool:
    return django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


# ---- which tests run, and in which order


def pytest_configure(config: pytest.Config) -> None:
    """Compile what is out of date, once and not in every worker: half of the tests read German.

    Setting Django up has read the old ones already; workers start after this and read the new ones.
    """
    if not hasattr(config, "workerinput") and compile_catalogues(Path(django_settings.BASE_DIR)):
        trans_real._translations.clear()
        trans_real._default = None


def pytest_unconfigure() -> None:
    """Take away what this process uploaded."""
    shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Mark browser tests by their fixtures, and run them last: their event loop fills the process."""
    leave_out = not IN_CI and not chromium.is_there_one()
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.get_closest_marker("browser") and leave_out:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
        if item.get_closest_marker("postgresql") and not on_postgresql():
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL (make services)"))
    yield
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = sum(1 for report in skipped if NO_CHROMIUM in str(report.longrepr))
    if left_out:
        terminalreporter.write_line(f"{left_out} browser tests left out: {NO_CHROMIUM}.")


# ---- database and caches


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Remove what an aborted run left: a stale write-ahead log would be played into the new file."""
    if on_postgresql():
        yield
        return
    database = Path(django_settings.DATABASES["default"]["TEST"]["NAME"])
    database.parent.mkdir(parents=True, exist_ok=True)
    logs = [database.with_name(database.name + suffix) for suffix in ("-wal", "-shm", "-journal")]
    for file in logs:
        file.unlink(missing_ok=True)
    yield
    if not request.config.getoption("reuse_db"):
        for file in [database, *logs]:
            file.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_keepdb: bool, django_db_modify_db_settings: None
) -> bool:
    """Start from a migrated file of an earlier run, if the migrations are still the same (not with --create-db)."""
    if on_postgresql() or django_db_keepdb or request.config.getoption("create_db"):
        return django_db_keepdb
    return migrated.copy_to(Path(django_settings.DATABASES["default"]["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a transactional test, restore the state after migration instead of flushing."""
    with django_db_blocker.unblock():
        if not on_postgresql():
            migrated.keep(connection)
        snapshot = take_snapshot(connection)
        connection.close()
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: snapshot.restore())
    yield
    patch.undo()
    with django_db_blocker.unblock():
        snapshot.drop()


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Nothing a test put into a cache, and no language it switched to, reaches the next one."""
    _forget()
    yield
    translation.deactivate()
    _forget()


def _forget() -> None:
    for cache in caches.all(initialized_only=True):
        cache.clear()
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()


# ---- browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of the run. Fails in CI where there is none."""
    if not chromium.is_there_one():
        pytest.fail(NO_CHROMIUM)
    patch = pytest.MonkeyPatch()
    # Playwright's event loop runs in this thread, so Django would refuse every query in the tests.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(
            executable_path=chromium.system_chromium(), args=chromium.ARGUMENTS
        )
        yield instance
        instance.close()
    patch.undo()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def traffic(live_server: Any) -> Traffic:
    """What the browser said and asked for in this test; other hosts must not be asked."""
    return Traffic(home=live_server.url)


@pytest.fixture
def new_context(browser: Browser, live_server: Any, settings: Any, traffic: Traffic) -> Iterator[NewContext]:
    """Opens watched browser contexts; takes Playwright's options (viewport, color_scheme, …).

    Afterwards the test fails on script errors, CSP refusals and requests to other hosts.
    """
    settings.PUBLIC_URL = live_server.url
    contexts: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        defaults = {"base_url": live_server.url, "locale": "de-DE", "timezone_id": "Europe/Berlin"}
        context = browser.new_context(**{**defaults, **options})
        context.set_default_timeout(20_000)
        traffic.watch(context)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    traffic.assert_clean()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page of an anonymous reader, 1280 px wide, German."""
    return new_context(viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], Page]:
    """Signs a person in on a page without going through the form."""

    def sign_in_as(page: Page, user: Any) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[django_settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return page

    return sign_in_as

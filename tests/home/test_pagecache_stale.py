"""The cache is never stale: whatever is written in another process, the next reader sees it."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from wagtail.models import get_page_models

from home.triggers.bump import triggers
from tests.factories.cast import make_cast
from tests.home.pagecache_cases import CASES
from tests.home.pagecache_process import Elsewhere
from tests.home.pagecache_tree import ACTS, NOWHERE, TREE_CASES
from tests.home.pagecache_world import World
from tests.routes.table import TABLE

ROOMS = ("people", "glossary", "discussion", "wiki", "home")
# Read around every act, whether it shows there or not: what is kept must be what would be rendered.
EVERYWHERE = (
    "/", "/en/", "/glossar/", "/glossar/runden/", "/leitfaeden/", "/praxis/", "/links/", "/themen/", "/treffen/",
    "/organisationen/", "/arbeitsgruppen/", "/impressum/", "/sitemap.xml",
)  # fmt: skip
# Public addresses that are kept but show nothing anybody writes.
UNWRITTEN = {"search:index", "search:suggest", "robots", "security_txt", "print_address"}
# Answered to everybody, never kept.
UNKEPT = {"healthz", "readyz", "people:invitation"}
# Public functions of the actions' modules that write nothing by themselves, or only inside an action.
NO_ACTIONS = {
    "glossary.actions.guard", "glossary.actions.wordings", "glossary.actions.labels.cleaned_label",
    "glossary.actions.labels.hash_of_text", "glossary.actions.labels.known_language",
    "glossary.actions.labels.store_label", "people.actions.common", "wiki.actions.bodies",
    "people.actions.accounts.own_sessions", "people.actions.invitations.find_open",
    "people.actions.invitations.hash_of", "people.actions.invitations.is_open",
    "people.actions.accounts.administrators_and", "people.actions.mandates.check_member",
    "people.actions.mandates.check_not_twice", "people.actions.mandates.check_speaker",
    "people.actions.mandates.tell_organisation", "people.actions.mandates.taken_place",
    "people.actions.naming_mails", "people.actions.naming.withdraw_proposals_about",
    "people.actions.outbox.compose", "people.actions.outbox.recipient_address", "people.actions.outbox.waiting",
    "wiki.actions.pages.index_for", "wiki.actions.texts.written_against",
}  # fmt: skip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def elsewhere(django_db_setup: None) -> Iterator[Elsewhere]:
    process = Elsewhere(str(connection.settings_dict["NAME"]))
    yield process
    process.end()


@pytest.fixture(autouse=True)
def _cached(settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = True


def read(url: str) -> tuple[int, bytes]:
    response = Client().get(url)
    assert response.status_code < 500, url
    return response.status_code, response.content


def read_past_the_cache(url: str, settings: Any) -> tuple[int, bytes]:
    settings.PAGE_CACHE_ENABLED = False
    answer = read(url)
    settings.PAGE_CACHE_ENABLED = True
    return answer


def keep(urls: list[str]) -> dict[str, tuple[int, bytes]]:
    """Read every page twice: the second time it comes from the cache."""
    before = {url: read(url) for url in urls}
    for url, answer in before.items():
        with CaptureQueriesContext(connection) as queries:
            again = read(url)
        assert again == answer
        assert len(queries) <= 1 or answer[0] != 200, url
    return before


def actions() -> set[str]:
    """Every public function of every module of actions."""
    found = set()
    for room in ROOMS:
        package = import_module(f"{room}.actions")
        names = [module.name for module in pkgutil.iter_modules(getattr(package, "__path__", []))]
        for name in [f"{room}.actions", *(f"{room}.actions.{name}" for name in names)]:
            for function in vars(import_module(name)).values():
                if inspect.isfunction(function) and inspect.unwrap(function).__module__ == name:
                    found.add(f"{name}.{function.__name__}")
    return {name for name in found if not name.rpartition(".")[2].startswith("_")}


def test_every_action_has_a_case() -> None:
    listed = set(CASES) | NO_ACTIONS

    missing = {name for name in actions() if name not in listed and name.rpartition(".")[0] not in listed}

    assert missing == set()


def test_every_type_of_page_has_a_case_for_everything_editors_do() -> None:
    ours = [model for model in get_page_models() if model.__module__.startswith(ROOMS)]
    wanted = {f"{model.__name__} {act}" for model in ours if model.is_creatable for act in ACTS}

    assert len(ours) > 10
    assert wanted - NOWHERE - set(CASES) == set()


@pytest.mark.django_db
def test_every_public_address_shows_what_some_act_does() -> None:
    """By the table of routes: what a reader without an account gets and the cache keeps is shown by a case."""
    lines = [line.split() for line in TABLE.strip().splitlines()[1:]]
    public = {name for name, method, status, *_ in lines if (method, status) == ("GET", "200")}
    kept = {name for name in public if not name.startswith("account_")} - UNKEPT - UNWRITTEN
    shown = set()
    for case in CASES.values():
        with transaction.atomic():
            cast = make_cast()
            world = World.of(cast, **case.arrange(cast))
            shown |= {resolve(url).view_name for url in case.pages(world)}
            transaction.set_rollback(True)

    assert kept - shown == set()


OF_THE_TREE = {case.name for case in TREE_CASES}


def _once_if_of_the_tree(name: str) -> Any:
    """Guides prove on both engines what acts in the page tree do; for the other types once is enough, the trigger is one."""
    return pytest.param(name, marks=[pytest.mark.once] if name in OF_THE_TREE else [])


@pytest.mark.parametrize("name", [_once_if_of_the_tree(name) for name in CASES])
def test_what_is_written_elsewhere_is_read_next(name: str, elsewhere: Elsewhere, settings: Any) -> None:
    case, cast = CASES[name], make_cast()
    world = World.of(cast, **case.arrange(cast))
    shown = list(case.pages(world))
    before = keep(list(dict.fromkeys([*shown, *EVERYWHERE])))

    elsewhere.do(name, world.rows)
    after = {url: read(url) for url in before}

    assert [url for url in shown if after[url] == before[url]] == []
    assert [url for url in before if after[url] != read_past_the_cache(url, settings)] == []


def test_without_its_triggers_the_cache_would_be_stale(elsewhere: Elsewhere, settings: Any) -> None:
    case, cast = CASES["glossary.actions.terms.create_term"], make_cast()
    world = World.of(cast, **case.arrange(cast))
    before = keep(["/glossar/"])
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            for statement in trigger.drops(connection.vendor):
                cursor.execute(statement)

    elsewhere.do(case.name, world.rows)

    assert read("/glossar/") == before["/glossar/"]
    assert read_past_the_cache("/glossar/", settings) != before["/glossar/"]

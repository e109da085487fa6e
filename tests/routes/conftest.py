"""The scene of these tests; every request gets its own savepoint, so that none sees what another one changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.routes.scene import ROLES, Scene, make_scene

# Some views take an empty form for a form that was not sent.
SOMETHING = {"probe": "1"}
Ask = Callable[[str, str, str], HttpResponse]


@pytest.fixture
def scene(db: None) -> Scene:
    """The cast with something in every state."""
    return make_scene()


@pytest.fixture
def ask(scene: Scene) -> Ask:
    """ask(role, method, url): the answer somebody gets; nothing it changes stays."""
    cookies = {name: _session(getattr(scene.cast, name)) for name in ROLES}

    def send(name: str, method: str, url: str) -> HttpResponse:
        # Wagtail's own forms fall over when half of them is sent: 500 is an answer, too.
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(cookies[name])
        with _rolled_back():
            if method == "POST":
                return client.post(url, SOMETHING)
            return client.get(url)

    return send


def _session(user: Any) -> dict[str, str]:
    client = Client()
    if user.is_authenticated:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {name: morsel.value for name, morsel in client.cookies.items()}


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

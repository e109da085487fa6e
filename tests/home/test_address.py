"""The site's address comes from PUBLIC_URL alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sites.models import Site as DjangoSite
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.test import Client
from wagtail.models import Site

from home.listeners import keep_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def _moved(settings: Any) -> None:
    settings.PUBLIC_URL = "https://woerter.example"


@pytest.fixture
def _not_connected() -> Iterator[None]:
    sender = apps.get_app_config("home")
    post_migrate.disconnect(dispatch_uid="home.keep_address", sender=sender)
    yield
    post_migrate.connect(keep_address, sender=sender, dispatch_uid="home.keep_address")


@pytest.mark.usefixtures("_moved")
def test_after_a_migration_every_row_and_page_names_the_new_address(client: Client) -> None:
    call_command("migrate", verbosity=0)

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("woerter.example", 443)
    assert DjangoSite.objects.get().domain == "woerter.example"
    assert "<loc>https://woerter.example/leitfaeden/</loc>" in client.get("/sitemap.xml").content.decode()


@pytest.mark.usefixtures("_moved", "_not_connected")
def test_without_the_listener_the_old_address_stays() -> None:
    call_command("migrate", verbosity=0)

    assert Site.objects.get(is_default_site=True).hostname != "woerter.example"

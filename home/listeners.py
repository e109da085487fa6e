"""What the shell does when a plain page is published: its texts are rendered and its pictures made, as in the wiki.

And after a migration: pages kept from before it are void, and the site answers under its public address.
"""

import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from wagtail.models import Page, Site

from home.models import ContentPage
from wiki.actions.texts import prepare_source
from wiki.preparing import Prepared
from wiki.text.markup import source_html
from wiki.text.source import TextSource


def texts_of(page: Page) -> list[Prepared]:
    """The texts of a plain page, in both languages, with the pictures they show."""
    texts = []
    for language, body in (("de", page.body), ("en", page.body_en)):
        blocks = body.get_prep_value()
        pictures = [block["value"]["picture"] for block in blocks if block["type"] == "picture"]
        source = TextSource(language, (("body", source_html(blocks)),))
        texts.append(Prepared(source, [pk for pk in pictures if pk]))
    return texts


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """In the transaction that publishes: reading never renders and never makes a picture."""
    if not isinstance(instance, ContentPage):
        return
    for text in texts_of(instance):
        prepare_source(source=text.source, pictures=text.pictures)


def on_migrated(*, using: str, plan: Sequence[Any] = (), apps: Any = None, **_: Any) -> None:
    """What a migration wrote raised no generation: its triggers were away. One that changed nothing empties no cache."""
    models = {model._meta.label: model for model in apps.get_models()} if plan and apps else {}
    generation = models.get("home.Generation")
    if generation is not None and hasattr(generation, "token"):
        rows = generation._default_manager.using(using).filter(pk=1)
        rows.update(value=F("value") + 1, token=secrets.token_hex(16))


def keep_address(*, using: str, apps: Any = None, **_: Any) -> None:
    """`PUBLIC_URL` is the one place for the address: Wagtail's and Django's own rows follow it."""
    models = {model._meta.label: model for model in apps.get_models()} if apps else {}
    address = urlsplit(settings.PUBLIC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    if "wagtailcore.Site" in models:
        rows = models["wagtailcore.Site"]._default_manager.using(using).filter(is_default_site=True)
        if rows.exclude(hostname=address.hostname, port=port).update(hostname=address.hostname, port=port):
            Site.clear_site_root_paths_cache()
    if "sites.Site" in models:
        rows = models["sites.Site"]._default_manager.using(using).filter(pk=settings.SITE_ID)
        rows.exclude(domain=address.netloc).update(domain=address.netloc)

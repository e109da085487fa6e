"""Pages for the tests of the knowledge base: one of each kind, made by the same actions as everywhere."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from glossary.models import Term
from tests.factories.cast import Cast, make_cast
from tests.factories.glossary import term_with_labels
from wiki.actions.bodies import body_from
from wiki.actions.pages import create_page
from wiki.actions.vocabularies import ensure_word
from wiki.models import GuidePage, KnowledgePage, Picture, PracticePage, TargetGroup


@pytest.fixture(autouse=True)
def _no_page_cache(settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = False


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def term(cast: Cast) -> Term:
    return term_with_labels(cast)


def text(html: str) -> list[dict[str, Any]]:
    return body_from([{"type": "text", "html": html}])


def make_guide(
    cast: Cast, title: str = "Ein Leitfaden", html: str = "<p>Text.</p>", **fields: Any
) -> GuidePage:
    options = {
        name: fields.pop(name)
        for name in ("body", "tags", "terms", "fields_of_action", "publish", "published_at", "by")
        if name in fields
    }
    values = {"title": title, "gist": "Worum es geht.", "contributor": cast.town, **fields}
    page = create_page(page=GuidePage(**values), **{"by": cast.dora, "body": text(html), **options})
    assert isinstance(page, GuidePage)
    return page


def make_practice(cast: Cast, title: str = "Ein Beispiel", **fields: Any) -> PracticePage:
    groups = fields.pop("target_groups", ["Jugendliche"])
    words = fields.pop("fields_of_action", [])
    values = {
        "title": title,
        "gist": "Das wurde gemacht.",
        "contributor": cast.town,
        "place": "Stadt Musterstadt",
        "state": "running",
        "contact": "Bildungsbüro",
        **fields,
    }
    page = PracticePage(**values)
    page.target_groups = [ensure_word(kind=TargetGroup, name=name, by=cast.dora) for name in groups]
    made = create_page(page=page, by=cast.dora, fields_of_action=words)
    assert isinstance(made, PracticePage)
    return made


def image_file(name: str = "bild.png", size: tuple[int, int] = (1600, 900)) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def make_picture(**fields: Any) -> Picture:
    values = {"title": "Tisch", "description": "Ein Tisch mit sechs Stühlen.", "file": image_file(), **fields}
    return Picture.objects.create(**values)


def long_past() -> date:
    return date(2020, 1, 1)


def restrict(page: KnowledgePage) -> None:
    """Only people who signed in may read it."""
    page.view_restrictions.create(restriction_type="login")

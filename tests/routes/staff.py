"""One row of each of our models that has doors in the admin, and the address of every such door on it."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse
from PIL import Image
from wagtail.models import Page

from glossary.actions.labels import add_label
from glossary.actions.terms import add_relation
from glossary.data import LabelData
from glossary.models import ConsensusEntry, Definition, Round
from people.models import Facilitation, Mandate
from tests.factories.cast import Cast
from tests.factories.glossary import term_with_labels
from tests.home.pagecache_pages import changed, published
from tests.routes.registry import admin_routes
from tests.routes.scene import Scene
from wiki.actions.pages import publish_page
from wiki.actions.vocabularies import add_picture, ensure_word
from wiki.models import Attachment, FieldOfAction, GuidePage, TargetGroup

STAFF = ("alice", "gesa", "dora", "admin")


@dataclass
class Doors:
    """What stands behind the doors: rows by namespace, and what else addresses are made of."""

    rows: dict[str, Any]
    parts: dict[str, Any]

    def address(self, name: str) -> str:
        """The route's address on the row of its namespace."""
        pattern = next(route.pattern for route in admin_routes() if route.name == name)
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        row = self.rows.get(name.split(":")[0])
        values = {**self.parts, "pk": row.pk if row is not None else 1}
        try:
            return reverse(name, kwargs={part: values[part] for part in names})
        except (KeyError, NoReverseMatch) as error:
            raise AssertionError(f"{name}: what should stand for {names}?") from error


def make_doors(scene: Scene) -> Doors:
    """Everything the doors lead to."""
    cast = scene.cast
    page = publish_page(page=changed(published(GuidePage, cast)), by=cast.dora)
    picture = add_picture(by=cast.dora, title="Bild", description="Ein Bild.", file=_picture())
    document = Attachment.objects.create(title="Datei", file=SimpleUploadedFile("datei.txt", b"Text"))
    return Doors(_rows(scene, cast, page), _parts(page, picture, document))


def _rows(scene: Scene, cast: Cast, page: Page) -> dict[str, Any]:
    term, other = term_with_labels(cast, "Türen"), term_with_labels(cast, "Fenster")
    field = ensure_word(kind=FieldOfAction, name="Ganztag", by=cast.dora)
    audience = ensure_word(kind=TargetGroup, name="Kinder", by=cast.dora)
    return {
        "glossary_terms": term,
        "glossary_labels": add_label(term=term, by=cast.dora, label=LabelData(text="Tür", status="admitted")),
        "glossary_relations": add_relation(term=term, by=cast.dora, kind="related", target=other),
        "glossary_definitions": Definition.objects.earliest("pk"),
        "glossary_rounds": Round.objects.public().earliest("pk"),
        "glossary_entries": ConsensusEntry.objects.earliest("pk"),
        "organisations": cast.town,
        "working_groups": cast.group,
        "memberships": cast.group.memberships.get(organisation=cast.youth),
        "facilitations": Facilitation.objects.get(group=cast.group),
        "mandates": Mandate.objects.get(user=cast.bob),
        "invitations": scene.invitation(),
        "contributions": scene.comment(),
        "wagtailusers_users": cast.charlie,
        "wagtailusers_groups": cast.dora.groups.get(),
        "wagtailadmin_pages": page,
        "organisation_chooser": cast.town,
        "people_chooser": cast.bob,
        "term_chooser": term,
        **{f"wagtailsnippet{where}_wiki_fieldofaction": field for where in ("s", "choosers")},
        **{f"wagtailsnippet{where}_wiki_targetgroup": audience for where in ("s", "choosers")},
    }


def _parts(page: Page, picture: Any, document: Any) -> dict[str, Any]:
    kind = {"app": "wiki", "model": "guidepage"}
    return {
        "page_id": page.pk, "parent_page_id": page.get_parent().pk, "page_to_move_id": page.pk,
        "destination_id": page.get_parent().pk, "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest", "revision_id_b": "latest",
        "content_type_app_name": kind["app"], "content_type_model_name": kind["model"],
        "app_label": kind["app"], "model_name": kind["model"], "action_name": "approve",
        "task_state_id": 1, "task_id": 1, "workflow_state_id": 1, "uploaded_file_id": 1,
        "image_id": picture.pk, "document_id": document.pk, "doc_id": document.pk, "filter_spec": "width-100",
    }  # fmt: skip


def _picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return SimpleUploadedFile("bild.png", buffer.getvalue(), "image/png")

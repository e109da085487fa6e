"""Who refers to what, from Wagtail's index of references."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

# Below what a database takes as parameters of one statement.
AT_ONCE = 500


def pages_referring_to(objects: Iterable[Model]) -> set[int]:
    """Keys of the published pages that refer to one of these objects of one kind (pages, pictures, files)."""
    targets = list(objects)
    if not targets:
        return set()
    pages = ContentType.objects.get_for_model(Page)
    base = Page if isinstance(targets[0], Page) else type(targets[0])
    found: set[str] = set()
    for start in range(0, len(targets), AT_ONCE):
        references = ReferenceIndex.objects.filter(
            base_content_type=pages,
            to_content_type=ContentType.objects.get_for_model(base),
            to_object_id__in=[str(target.pk) for target in targets[start : start + AT_ONCE]],
        )
        found |= set(references.values_list("object_id", flat=True).distinct())
    keys = [int(key) for key in found]
    return {
        key
        for start in range(0, len(keys), AT_ONCE)
        for key in Page.objects.live()
        .filter(pk__in=keys[start : start + AT_ONCE])
        .values_list("pk", flat=True)
    }

"""Words of the two vocabularies, and pictures: what pages refer to."""

from typing import TypeVar

from django.core.files import File
from django.db import transaction

from people.models import User
from people.roles import is_editor
from record.errors import Invalid, NotAllowed
from record.slug import german_slug
from wiki.models import FieldOfAction, Picture, TargetGroup

Word = TypeVar("Word", FieldOfAction, TargetGroup)


@transaction.atomic
def ensure_word(*, kind: type[Word], name: str, by: User, name_en: str = "") -> Word:
    """The word of this vocabulary with that name, made if there is none. Raises NotAllowed for non-editors."""
    if not is_editor(by):
        raise NotAllowed
    word, _made = kind.objects.get_or_create(
        name=name,
        defaults={"slug": german_slug(name), "name_en": name_en, "sort_order": kind.objects.count() + 1},
    )
    return word


@transaction.atomic
def add_picture(
    *, by: User, title: str, description: str, file: File, credit: str = "", licence: str = ""
) -> Picture:
    """A picture with its text alternative. Raises NotAllowed for non-editors, Invalid without a description."""
    if not is_editor(by):
        raise NotAllowed
    if not description.strip():
        raise Invalid("A picture needs a text alternative.", field="description")
    picture = Picture(
        title=title, description=description, credit=credit, licence=licence, uploaded_by_user=by, file=file
    )
    picture.save()
    return picture

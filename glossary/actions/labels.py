"""Acts on the words of a term. They are the editors'."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import at_most, lock, record_act, required, tell, tell_labels
from glossary.data import LabelData
from glossary.models import Label, Term
from glossary.named import labels_hash
from glossary.policy import require
from glossary.states import LabelStatus, LabelType
from glossary.text.normalise import NotAWording, normalise_line
from people.models import User
from record.acting import action
from record.canonical import sha256_hex
from record.chain import Fact
from record.errors import Invalid

__all__ = ["add_label", "change_label", "remove_label"]

Facts = dict[str, Fact]
LABEL_LENGTH, NOTE_LENGTH = 120, 250


@action
def add_label(*, term: Term, by: User, label: LabelData) -> Label:
    """One more word for the concept. Raises NotAllowed, Invalid (text, status, type)."""
    require(by, "add_label", term)
    term = lock(term)
    row = store_label(Label(term=term), cleaned_label(label))
    _label_changed("add_label", row, by)
    return row


@action
def change_label(*, label: Label, by: User, to: LabelData) -> Label:
    """Another text, status, type or note. Raises NotAllowed, Invalid."""
    require(by, "change_label", label)
    term = lock(label.term)
    row = Label.objects.get(pk=label.pk)
    cleaned = cleaned_label(to)
    if _names(row, term) and (cleaned.status, cleaned.language) != (row.status, row.language):
        raise Invalid(_("A term keeps a preferred word in the language of its negotiation."), field="status")
    store_label(row, cleaned)
    _label_changed("change_label", row, by)
    return row


@action
def remove_label(*, label: Label, by: User) -> None:
    """The word no longer names the concept; entries keep the one they were published with. Raises NotAllowed, Invalid."""
    require(by, "remove_label", label)
    term = lock(label.term)
    row = Label.objects.get(pk=label.pk)
    if _names(row, term):
        raise Invalid(_("A term keeps a preferred word in the language of its negotiation."))
    row.delete()
    _label_changed("remove_label", row, by)


def cleaned_label(label: LabelData) -> LabelData:
    try:
        text = normalise_line(label.text)
    except NotAWording as error:
        raise Invalid(_("Please write the word in plain letters."), field="text") from error
    if label.status not in LabelStatus.values or label.type not in LabelType.values:
        raise Invalid(_("Please choose how the word is used."), field="status")
    if label.type == LabelType.INFLECTED and label.status == LabelStatus.PREFERRED:
        raise Invalid(_("An inflected form is never the preferred word."), field="status")
    return LabelData(
        text=at_most(required(text, field="text"), LABEL_LENGTH, field="text"),
        language=known_language(label.language),
        status=label.status,
        type=label.type,
        note=at_most(label.note, NOTE_LENGTH, field="note"),
    )


def store_label(row: Label, label: LabelData, *, field: str = "text") -> Label:
    row.text, row.language, row.status = label.text, label.language, label.status
    row.type, row.note = label.type, label.note
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        same = row.term.labels.exclude(pk=row.pk).filter(language=row.language, text=row.text).exists()
        if same:
            raise Invalid(_("This term has this word already."), field=field) from error
        raise Invalid(_("There is a preferred word in this language already."), field="status") from error
    return row


def hash_of_text(text: str) -> str:
    """The record holds no free text, only what proves it."""
    return sha256_hex(text.encode())


def known_language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise Invalid(_("This language is not available here."), field="language")
    return code


def _names(row: Label, term: Term) -> bool:
    """It is the word the term is called by."""
    return row.status == LabelStatus.PREFERRED and row.language == term.language


def _label_changed(act: str, row: Label, by: User) -> None:
    tell(row.term)
    tell_labels()
    facts: Facts = {
        "language": row.language,
        "status": str(row.status),
        "type": str(row.type),
        "text": hash_of_text(row.text),
        # All words of the term after the act: what is in the table can be compared with that.
        "labels": labels_hash(Label.objects.filter(term=row.term)),
    }
    record_act(act, "term", row.term.key, by=by, at=timezone.now(), facts=facts)

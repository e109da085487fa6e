"""What every action does the same way: lock the row that decides, look again, write to the record, tell upwards."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.models import Definition, LabelState, Round, Term
from glossary.policy import acting_organisations
from glossary.signals import labels_changed, term_changed
from people.memo import forget
from people.models import Mandate, Organisation, User
from record.chain import Act, Fact, append
from record.errors import Invalid, NotAllowed, Stale
from record.immutable import ImmutableRow
from record.lines import refuse_hidden

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row) -> Row:
    """The row as it stands now, locked until the transaction ends. Raises Stale when somebody deleted it meanwhile."""
    manager = type(row)._default_manager
    try:
        return manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    except ObjectDoesNotExist as error:
        raise Stale from error


def says(row: Any, **sent: Any) -> bool:
    """Whether a row with a known submission key says what is sent now. A text that was redacted is taken as the same."""
    emptied = row.REDACTED if isinstance(row, ImmutableRow) and row.redacted_at is not None else ()
    return all(getattr(row, name) == value for name, value in sent.items() if name not in emptied)


def expect_version(row: Any, expected: int) -> None:
    """The form was made against this version. Raises Stale with the row as it is now."""
    if row.version != expected:
        raise Stale(current=row)


def acting_mandate(*, by: User, act: str, obj: Any, organisation: Organisation, now: datetime) -> Mandate:
    """The mandate under which `by` does this for `organisation`, locked and valid at this moment. Raises NotAllowed.

    Ending a mandate locks its row too, so a mandate ends before the act or after it, never during it.
    """
    forget(by)
    found = [m for m in acting_organisations(by, act, obj, now) if m.organisation_id == organisation.pk]
    if not found:
        raise NotAllowed(_("You do not act for this organisation here."))
    mandate = lock(found[0])
    refuse_if_over(mandate, now)
    return mandate


def refuse_if_over(mandate: Mandate, now: datetime) -> None:
    """The mandate's last day has passed, also while waiting for a lock at midnight. Raises NotAllowed."""
    if mandate.valid_until is not None and mandate.valid_until < timezone.localdate(now):
        raise NotAllowed(_("You do not act for this organisation here."))


def store(row: ImmutableRow) -> None:
    """Store an immutable row with its digest. Rows with content in other tables compute their digest themselves."""
    row.digest = row.compute_digest()
    row.save(force_insert=True)


def record_row(
    act: str,
    row: ImmutableRow,
    *,
    by: User | None,
    at: datetime,
    organisation: Organisation | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """The one record row that names an immutable row."""
    append(
        Act(
            name=act,
            at=at,
            actor_key=by.key if by else "",
            organisation_key=organisation.key if organisation else "",
            object_kind=row.RECORD_KIND,
            object_key=row.record_key(),
            digest=row.digest,
            facts=facts,
        )
    )


def record_act(
    act: str,
    kind: str,
    key: str,
    *,
    by: User | None,
    at: datetime,
    organisation: Organisation | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """A record row about something that is no immutable row (a round's announcement, a term's label)."""
    append(
        Act(
            name=act,
            at=at,
            actor_key=by.key if by else "",
            organisation_key=organisation.key if organisation else "",
            object_kind=kind,
            object_key=key,
            facts=facts,
        )
    )


def tell(term: Term) -> None:
    """What a reader sees of the term changed (inside the transaction)."""
    term_changed.send(sender=Term, term=term)


def tell_labels() -> None:
    """Words or addresses changed: what was built from them is stale from the commit on."""
    LabelState.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(16)})
    transaction.on_commit(lambda: labels_changed.send(sender=Term))


def saved(row: Round | Definition, *columns: str) -> None:
    """Store these columns as another version, and tell readers of the term."""
    row.version += 1
    row.save(update_fields=[*columns, "version"])
    tell(row.term)


def required(text: str, *, field: str) -> str:
    """The text without blanks around it. Raises Invalid when nothing is left."""
    text = text.strip()
    if not text:
        raise Invalid(_("Please fill in this field."), field=field)
    return text


def at_most(text: str, length: int, *, field: str) -> str:
    """One line without blanks around it. Raises Invalid when it is longer than the column or hides a character."""
    text = text.strip()
    refuse_hidden(text, field=field)
    if len(text) > length:
        raise Invalid(
            _("Please shorten this text to %(length)s characters.") % {"length": length}, field=field
        )
    return text

"""Organisations: made, described, ended. Never deleted, never merged."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.actions.common import as_text, clean, demand, not_backwards, write_record
from people.models import Organisation, OrganisationSlug, User
from record.acting import action
from record.errors import Invalid
from record.keys import issue_key
from record.slug import german_slug

# Columns people may change; key, end and successor have their own acts.
DESCRIPTION = frozenset(
    {"name", "short_name", "kind", "description", "website", "official_key", "mailbox", "slug"}
)


@action
def create_organisation(
    *,
    by: User,
    name: str,
    short_name: str,
    kind: str,
    mailbox: str,
    slug: str = "",
    description: str = "",
    website: str = "",
    official_key: str = "",
) -> Organisation:
    """A new voice. Its address is made of the short name unless one is given.

    Raises NotAllowed, Invalid. Effects: row, address, record.
    """
    demand(by, "create_organisation")
    organisation = Organisation(
        key=issue_key(kind="organisation"),
        name=name,
        short_name=short_name,
        kind=kind,
        mailbox=mailbox,
        slug=slug or _free_slug(short_name or name),
        description=description,
        website=website,
        official_key=official_key,
    )
    clean(organisation)
    organisation.save(force_insert=True)
    _claim_slug(organisation)
    write_record(
        "organisation_created",
        by=by,
        at=timezone.now(),
        kind="organisation",
        key=organisation.key,
        organisation=organisation,
        facts={"kind": str(organisation.kind)},
    )
    return organisation


@action
def change_organisation(*, organisation: Organisation, by: User, **changes: Any) -> Organisation:
    """Describe it differently. A new address is added; the old ones answer 301 for ever.

    Raises NotAllowed, Invalid. Without a change nothing is recorded.
    """
    unknown = set(changes) - DESCRIPTION
    if unknown:
        raise TypeError(f"not a description of an organisation: {sorted(unknown)}")
    demand(by, "change_organisation", organisation)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, changes[name])
    clean(row)
    row.save(update_fields=changed)
    if "slug" in changed:
        _claim_slug(row)
    write_record(
        "organisation_changed",
        by=by,
        at=timezone.now(),
        kind="organisation",
        key=row.key,
        organisation=row,
        facts={"changed": ",".join(changed)},
    )
    return row


@action
def end_organisation(
    *, organisation: Organisation, by: User, ended_on: date, successor: Organisation | None = None
) -> Organisation:
    """The organisation ends with this day; its mandates count until then. A successor inherits nothing.

    Raises NotAllowed, Invalid (a day that is over, ended already, a successor that is itself or has ended).
    """
    demand(by, "end_organisation", organisation)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if row.ended_on is not None:
        raise Invalid(_("This organisation has ended already."))
    not_backwards(ended_on, field="ended_on")
    if successor is not None and (successor.pk == row.pk or successor.ended_on is not None):
        raise Invalid(_("The successor must be another organisation that has not ended."), field="successor")
    row.ended_on, row.successor = ended_on, successor
    row.save(update_fields=["ended_on", "successor"])
    write_record(
        "organisation_ended",
        by=by,
        at=timezone.now(),
        kind="organisation",
        key=row.key,
        organisation=row,
        facts={"on": as_text(ended_on), "successor": successor.key if successor else None},
    )
    return row


def _free_slug(name: str) -> str:
    base = german_slug(name, limit=70, fallback="organisation")
    slug, number = base, 1
    while OrganisationSlug.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _claim_slug(organisation: Organisation) -> None:
    """Every address belongs to one organisation for ever. Raises Invalid if it was another's."""
    row, _new = OrganisationSlug.objects.get_or_create(
        slug=organisation.slug, defaults={"organisation": organisation}
    )
    if row.organisation_id != organisation.pk:
        raise Invalid(_("This address belonged to another organisation and stays with it."), field="slug")

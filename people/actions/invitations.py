"""Invitations: the only way to an account. A single-use link that expires; only its hash is stored."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import formats, timezone, translation
from django.utils.translation import gettext_lazy as _

from people.actions.common import demand, write_record
from people.actions.mandates import check_member, check_speaker, hand_over, taken_place
from people.actions.outbox import enqueue
from people.links import absolute_reverse
from people.models import (
    Invitation,
    Mandate,
    MandateProposal,
    MandateRole,
    Organisation,
    User,
    WorkingGroup,
)
from people.names import refuse_address
from people.naming import mandate_of
from people.roles import is_editor
from record.acting import action
from record.errors import Invalid, NotAllowed, WrongState
from record.lines import refuse_hidden

LIFETIME = timedelta(days=14)
# How long the editors can see whom an invitation that is over was for.
KEPT = timedelta(days=30)


def hash_of(token: str) -> str:
    """What is stored of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_open(token: str) -> Invitation | None:
    """The invitation of a link that may still be accepted, or None."""
    rows = Invitation.objects.select_related("organisation", "group", "invited_by")
    invitation = rows.filter(token_hash=hash_of(token)).first()
    return invitation if invitation is not None and is_open(invitation) else None


def is_open(invitation: Invitation) -> bool:
    """Neither accepted nor revoked nor over."""
    untouched = invitation.accepted_at is None and invitation.revoked_at is None
    return untouched and timezone.now() < invitation.expires_at


@action
def invite(
    *,
    by: User,
    email: str,
    organisation: Organisation | None = None,
    group: WorkingGroup | None = None,
    role: str = "",
    language: str = "de",
) -> Invitation:
    """Send somebody a link by which they get an account and, with an organisation and a role, a mandate.

    A new link to the same address for the same purpose replaces the older one.
    Raises NotAllowed, Invalid. Effects: older link revoked, row, mail, record.
    """
    demand(by, "invite", group)
    address = _address(email)
    _check_purpose(organisation, group, role)
    if organisation is not None:
        if address == by.email.lower() and not is_editor(by):
            raise NotAllowed(_("Nobody gives a role to themselves. Ask the editors."))
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        check_member(organisation, group, timezone.localdate())
        check_speaker(_mandate(organisation, group, role, User(email=address)))
    return send_invitation(
        email=address, organisation=organisation, group=group, role=role, language=language, by=by
    )


def send_invitation(
    *,
    email: str,
    organisation: Organisation | None,
    group: WorkingGroup | None,
    role: str,
    by: User,
    language: str = "de",
    person_name: str = "",
) -> Invitation:
    """The part of inviting that comes after all checks: older link revoked, row, mail, record."""
    now = timezone.now()
    purpose = Invitation.objects.filter(email=email, organisation=organisation, group=group, role=role)
    purpose.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        token_hash=hash_of(token),
        organisation=organisation,
        group=group,
        role=role,
        language=language,
        invited_by=by,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    _send(invitation, token, person_name)
    _record("person_invited", invitation, by=by)
    return invitation


@action
def revoke_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """The link leads nowhere from now on. Raises NotAllowed, WrongState if it is not open any more."""
    demand(by, "revoke_invitation", invitation.group)
    row = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if not is_open(row):
        raise WrongState(_("This invitation is not open any more."))
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    MandateProposal.objects.filter(invitation=row).update(person_name="")
    _record("invitation_revoked", row, by=by)
    return row


@action
def accept_invitation(
    *,
    token: str,
    signed_in: User | None = None,
    first_name: str = "",
    last_name: str = "",
    display_name: str = "",
    password: str = "",
) -> User:
    """Whoever holds the link gets the account of the invited address, and the mandate if one was meant.

    An address that has an account keeps it as it is; names and password are for new ones, which may do without a
    password (sign-in by code). Raises WrongState (used, revoked, over), NotAllowed (somebody else is signed in, the
    account is closed, or whoever invited may no longer do so), Invalid. Effects: account, mandate, record.
    """
    found = find_open(token)
    if found is None:
        raise WrongState(_("This link has been used already or is over. Ask for a new invitation."))
    if found.organisation_id is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=found.organisation_id)
    locked = Invitation.objects.select_for_update(no_key=True, of=("self",))
    row = locked.select_related("organisation", "group", "invited_by").get(pk=found.pk)
    if not is_open(row):
        raise WrongState(_("This link has been used already or is over. Ask for a new invitation."))
    demand(row.invited_by, "invite", row.group)
    user = User.objects.filter(email__iexact=row.email).first()
    _check_account(user, signed_in)
    if user is None:
        user = _create_account(row, first_name, last_name, display_name, password)
    _give(row, user)
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])
    _record("invitation_accepted", row, by=user)
    return user


def _check_account(user: User | None, signed_in: User | None) -> None:
    if signed_in is not None and (user is None or user.pk != signed_in.pk):
        raise NotAllowed(_("This invitation is for another address. Sign out first."))
    if user is not None and not user.is_active:
        raise NotAllowed(_("The account of this address is closed. Ask the editors."))


def _create_account(
    row: Invitation, first_name: str, last_name: str, display_name: str, password: str
) -> User:
    names = {"first_name": first_name, "last_name": last_name, "display_name": display_name}
    if not (first_name.strip() and last_name.strip()):
        raise Invalid(
            _("Please enter your name."), field="first_name" if not first_name.strip() else "last_name"
        )
    names = {key: value.strip() for key, value in names.items()}
    for field, name in names.items():
        refuse_hidden(name, field=field)
        refuse_address(name, field=field)
    names["display_name"] = names["display_name"] or f"{names['first_name']} {names['last_name']}"[:80]
    if password:
        try:
            validate_password(password, User(email=row.email, **names))
        except ValidationError as error:
            raise Invalid(" ".join(error.messages), field="password") from error
    return User.objects.create_user(row.email, password or None, language=row.language, **names)


def _give(row: Invitation, user: User) -> None:
    """The mandate the invitation meant, by its proposal if there is one; after the one somebody holds already.

    Raises WrongState when its time is over, or when another speaker sits there than the one to be replaced.
    """
    if row.organisation is None:
        return
    proposal = MandateProposal.objects.select_related("replaces").filter(invitation=row).first()
    mandate = (
        mandate_of(proposal, user) if proposal else _mandate(row.organisation, row.group, row.role, user)
    )
    if _follows_what_is_held(mandate):
        before = taken_place(mandate)
        if mandate.valid_until is not None and mandate.valid_until < mandate.valid_from:
            raise WrongState(_("The time this role was meant for is over. Ask for a new invitation."))
        try:
            check_speaker(mandate, but=proposal.replaces if proposal else None)
        except Invalid as error:
            # Whoever is invited learns no names.
            raise WrongState(
                _("Meanwhile somebody else speaks for this organisation. Please ask whoever invited you.")
            ) from error
        hand_over(mandate, by=row.invited_by, before=before)
    # The account has a name of its own now.
    MandateProposal.objects.filter(invitation=row).update(person_name="", user=user)


def _follows_what_is_held(mandate: Mandate) -> bool:
    """Let it begin after the same role the person holds already; False if that lasts as long anyway."""
    held = Mandate.objects.filter(
        organisation=mandate.organisation, group=mandate.group, role=mandate.role, user=mandate.user
    )
    held = held.exclude(valid_until__lt=mandate.valid_from).filter(valid_from__lte=mandate.valid_from)
    last = held.order_by(models.F("valid_until").desc(nulls_first=True)).first()
    if last is None:
        return True
    if last.valid_until is None or (mandate.valid_until and mandate.valid_until <= last.valid_until):
        return False
    mandate.valid_from = last.valid_until + timedelta(days=1)
    return True


@action
def forget_invited(*, now: datetime) -> int:
    """What nobody needs of invitations that are over: the name at once, the address after 30 days; how many were emptied.

    The clock's act (tick); idempotent and not recorded, like the address itself.
    """
    over = Invitation.objects.exclude(pk__in=Invitation.objects.open_at(now).values("pk"))
    names = MandateProposal.objects.filter(invitation__in=over).exclude(person_name="").update(person_name="")
    old = over.filter(expires_at__lt=now - KEPT).exclude(email="")
    return names + old.update(email="")


def _mandate(organisation: Organisation, group: WorkingGroup | None, role: str, user: User) -> Mandate:
    return Mandate(
        organisation=organisation, group=group, role=role, user=user, valid_from=timezone.localdate()
    )


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="email") from error
    return address


def _check_purpose(organisation: Organisation | None, group: WorkingGroup | None, role: str) -> None:
    if role and role not in MandateRole.values:
        raise Invalid(_("Choose one of the roles."), field="role")
    if organisation is None and (role or group):
        raise Invalid(_("Choose the organisation the role is for."), field="organisation")
    if organisation is not None and not role:
        raise Invalid(_("Choose the role in the organisation."), field="role")
    if organisation is not None and organisation.ended_on is not None:
        raise Invalid(_("This organisation has ended."), field="organisation")


def _send(invitation: Invitation, token: str, person_name: str) -> None:
    with translation.override(invitation.language):
        enqueue(
            event=f"invitation:{invitation.key}",
            template="invitation",
            context={
                "organisation_name": invitation.organisation.name if invitation.organisation else "",
                "group_name": invitation.group.name if invitation.group else "",
                "inviter_name": invitation.invited_by.get_full_name(),
                "recipient": person_name,
                "role_name": str(invitation.get_role_display()) if invitation.role else "",
                "url": absolute_reverse("people:invitation", language=invitation.language, token=token),
                "expires": formats.date_format(timezone.localdate(invitation.expires_at)),
            },
            email=invitation.email,
            language=invitation.language,
        )


def _record(act: str, invitation: Invitation, *, by: User) -> None:
    """Never the address: who was invited is in the record once they have a key."""
    accepted = invitation.accepted_by
    write_record(
        act,
        by=by,
        at=timezone.now(),
        kind="user" if accepted else "invitation",
        key=accepted.key if accepted else invitation.key,
        organisation=invitation.organisation,
        facts={
            "role": str(invitation.role) or None,
            "group": invitation.group.key if invitation.group else None,
            "invited_by": invitation.invited_by.key,
        },
    )

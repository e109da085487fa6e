"""Accounts: what people change themselves, what administrators assign, and erasure."""

import json
from datetime import date, datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from people.actions.common import clean, demand, write_record
from people.actions.mandates import tell_organisation
from people.actions.naming import withdraw_proposals_about
from people.memo import look_again
from people.models import (
    Invitation,
    Mandate,
    Organisation,
    OutboxMessage,
    User,
)
from people.roles import EDITORS, MODERATORS
from record import acting
from record.acting import action, ask_again
from record.errors import Invalid, NotAllowed
from record.models import RecordRow

# Reserved for such things by RFC 2606: no mail ever leaves for it.
NOWHERE = "erased.invalid"


@action
def change_account(
    *, user: User, by: User, first_name: str, last_name: str, display_name: str, language: str
) -> User:
    """People change their own names and the language of their mails. Raises NotAllowed, Invalid."""
    acting.demand(partial(_refuse_unless_own, user, by))
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    values = {
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "display_name": display_name.strip(),
        "language": language,
    }
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    clean(row)
    row.save(update_fields=changed)
    facts = {"changed": ",".join(changed)}
    write_record("account_changed", by=by, at=timezone.now(), kind="user", key=row.key, facts=facts)
    return row


@action
def set_roles(*, user: User, by: User, editor: bool, moderator: bool, administrator: bool) -> User:
    """Site roles of a person. Raises NotAllowed; Invalid for a closed account or the last administrator."""
    demand(by, "set_roles", user)
    row = _locked_with_administrators(user)
    # Administrators may give up their own role here; they are locked, so nothing is to be asked again later.
    ask_again()
    if not row.is_active:
        raise Invalid(_("This account is not active."))
    if row.is_superuser and not administrator:
        _keep_one_administrator(row)
    wanted = {EDITORS: editor, MODERATORS: moderator}
    for group in Group.objects.filter(name__in=wanted):
        (row.groups.add if wanted[group.name] else row.groups.remove)(group)
    row.is_superuser = row.is_staff = administrator
    row.save(update_fields=["is_superuser", "is_staff"])
    facts = {"editor": editor, "moderator": moderator, "administrator": administrator}
    write_record("roles_set", by=by, at=timezone.now(), kind="user", key=row.key, facts=facts)
    return row


@action
def erase_person(*, user: User, by: User) -> User:
    """Empty the account and keep its key: what was said for an organisation stays said, the person is gone.

    Raises NotAllowed; Invalid for oneself, the last administrator, or an account erased before. Effects, in order:
    mandates and facilitations end, the row is emptied and closed, addresses, sessions, waiting mails, invitations,
    picture and admin profile go, the organisations are told that they need somebody else, one record row.
    """
    demand(by, "erase_person", user)
    organisations = Organisation.objects.filter(mandates__user=user).order_by("pk")
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=organisations).order_by("pk"))
    row = _locked_with_administrators(user)
    if row.erased_at is not None:
        raise Invalid(_("This account has been erased already."))
    if row.pk == by.pk:
        raise Invalid(_("Nobody erases the account they are signed in with. Ask another administrator."))
    if row.is_superuser:
        _keep_one_administrator(row)
    now = timezone.now()
    ended = _end_everything(row)
    address = row.email
    _empty(row, now)
    withdraw_proposals_about(row, address, by=by)
    _forget_traces(row, address)
    for mandate in ended:
        tell_organisation(mandate, "mandate_ended", person=row)
    facts = {"mandates_ended": len(ended)}
    write_record("person_erased", by=by, at=now, kind="user", key=row.key, facts=facts)
    return row


def own_sessions(user: User) -> list[Session]:
    """The sessions a person is signed in with, newest first.

    It reads every session of the site, for none tells whose it is before it is decoded: never ask on a GET.
    """
    sessions = Session.objects.filter(expire_date__gte=timezone.now()).order_by("-expire_date")
    return [session for session in sessions.iterator() if _session_user(session) == str(user.pk)]


def end_sessions(*, user: User, by: User, keep: str | None = None) -> int:
    """Sign a person out everywhere but in the session `keep`. Raises NotAllowed for anybody but the person."""
    acting.demand(partial(_refuse_unless_own, user, by))
    keys = [session.pk for session in own_sessions(user) if session.pk != keep]
    return Session.objects.filter(pk__in=keys).delete()[0]


def _refuse_unless_own(user: User, by: User) -> None:
    look_again(by)
    if by.pk != user.pk or not by.is_active:
        raise NotAllowed(_("Only the person may change this."))


def _session_user(session: Session) -> str | None:
    return session.get_decoded().get("_auth_user_id")


def _names(session: Session, user: User, address: str) -> bool:
    """Whether a session holds this person: signed in, or anonymous with a code asked for by that address."""
    kept = json.dumps(session.get_decoded(), default=str).casefold()
    return _session_user(session) == str(user.pk) or address.casefold() in kept


def administrators_and(user: User) -> QuerySet[User]:
    """This account and every administrator, to be locked in one order: two who drop each other must meet."""
    rows = User.objects.filter(Q(is_superuser=True) | Q(pk=user.pk)).order_by("pk")
    return rows.select_for_update(no_key=True)


def _locked_with_administrators(user: User) -> User:
    return next(row for row in administrators_and(user) if row.pk == user.pk)


def _keep_one_administrator(user: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise Invalid(_("This is the last administrator. Name another one first."))


def _end_everything(user: User) -> list[Mandate]:
    """End what runs now; what was to begin later ends with its first day and counts for nothing."""
    today = timezone.localdate()
    mandates = Mandate.objects.filter(user=user).exclude(valid_until__lt=today)
    ended = list(
        mandates.select_related("organisation", "group").select_for_update(no_key=True, of=("self",))
    )
    for mandate in ended:
        mandate.valid_until = max(_last_day(mandate, user, today), mandate.valid_from)
        mandate.save(update_fields=["valid_until"])
    for row in user.facilitations.exclude(valid_until__lt=today).select_for_update(no_key=True):
        row.valid_until = max(today, row.valid_from)
        row.save(update_fields=["valid_until"])
    return ended


def _last_day(mandate: Mandate, user: User, today: date) -> date:
    """Yesterday, so that a successor may be named today; today if something was said for the organisation today.

    What was done by a mandate must have been done while it was valid (domain.md: never backwards).
    """
    begin = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    acts = RecordRow.objects.filter(actor_key=user.key, organisation_key=mandate.organisation.key)
    return today if acts.filter(time__gte=begin).exists() else today - timedelta(days=1)


def _empty(user: User, now: datetime) -> None:
    user.email = f"{user.key}@{NOWHERE}"
    user.first_name = user.last_name = user.display_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.erased_at = None, now
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def _forget_traces(user: User, address: str) -> None:
    Session.objects.filter(
        pk__in=[row.pk for row in Session.objects.all() if _names(row, user, address)]
    ).delete()
    EmailAddress.objects.filter(user=user).delete()
    OutboxMessage.objects.filter(user=user).delete()
    OutboxMessage.objects.filter(email__iexact=address).delete()
    # What tells an organisation of a mandate names the person.
    OutboxMessage.objects.filter(context__person_key=user.key).delete()
    # So does one about somebody who was named by this address.
    OutboxMessage.objects.filter(context__person_address__iexact=address).delete()
    Invitation.objects.filter(email__iexact=address).update(email=user.email)
    ModelLogEntry.objects.for_instance(user).update(label=user.key)
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))
        profile.delete()

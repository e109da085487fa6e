"""What was asked about a person once is asked anew when an act decides."""

import pytest
from django.utils.functional import SimpleLazyObject

from people.actions.mandates import give_mandate
from people.memo import look_again
from people.models import MandateRole, User
from people.roles import is_editor
from record import chain
from record.acting import ask_again
from record.errors import Invalid

pytestmark = pytest.mark.django_db


def test_a_request_s_person_is_asked_anew_though_loaded_lazily(cast):
    dora = SimpleLazyObject(lambda: User.objects.get(pk=cast.dora.pk))
    assert is_editor(dora)
    User.groups.through.objects.filter(user_id=dora.pk).delete()
    kept = is_editor(dora)

    look_again(dora)

    assert (kept, is_editor(dora)) == (True, False)


def test_nobody_is_named_whose_account_is_closed_while_the_act_waits(cast, monkeypatch):
    def meanwhile():
        User.objects.filter(pk=cast.charlie.pk).update(is_active=False)
        ask_again()

    monkeypatch.setattr(chain, "ask_again", meanwhile)

    with pytest.raises(Invalid) as refused:
        give_mandate(organisation=cast.district, user=cast.charlie, role=MandateRole.DRAFTER, by=cast.dora)

    assert refused.value.field == "user"

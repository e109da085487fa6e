"""A form binds the organisation it names, or nobody."""

import pytest
from django.test import Client

from glossary.models import Definition, Position, Support
from tests.factories.cast import Cast
from tests.factories.glossary import entry_v1, open_round, term_with_labels

pytestmark = pytest.mark.django_db


def test_an_answer_for_an_organisation_one_does_not_speak_for_binds_nobody(
    client: Client, cast: Cast
) -> None:
    round = open_round(cast)
    client.force_login(cast.hanna)
    form = {"step": "send", "organisation": cast.district.key, "replaces": 0, "value": "consent"}

    answer = client.post(f"/glossar/runden/{round.key}/antworten/", form)

    assert answer.status_code == 403
    assert not Position.objects.exists()


def test_the_same_form_for_ones_own_organisation_is_taken(client: Client, cast: Cast) -> None:
    round = open_round(cast)
    client.force_login(cast.hanna)
    form = {"step": "send", "organisation": cast.town.key, "replaces": 0, "value": "consent"}

    client.post(f"/glossar/runden/{round.key}/antworten/", form)

    assert Position.objects.get().seat.organisation == cast.town


def test_a_proposal_for_a_foreign_organisation_is_refused(client: Client, cast: Cast) -> None:
    term = term_with_labels(cast)
    client.force_login(cast.hanna)

    answer = client.post(
        f"/glossar/{term.slug}/vorschlagen/",
        {"step": "send", "organisation": cast.district.key, "title": "x", "text": "y"},
    )

    assert answer.status_code == 403
    assert not Definition.objects.exists()


def test_a_declaration_for_a_foreign_organisation_is_refused(client: Client, cast: Cast) -> None:
    entry = entry_v1(cast)
    client.force_login(cast.hanna)

    answer = client.post(
        f"{entry.get_absolute_url()}mittragen/", {"organisation": cast.district.key, "kind": "ends"}
    )

    assert answer.status_code == 403
    assert not Support.objects.exists()


@pytest.mark.parametrize("key", ["%00", "short", "ABCDEFGH", "x" * 300, "iiiiiiii"])
def test_what_is_no_key_is_no_address(client: Client, key: str) -> None:
    assert client.get(f"/glossar/runden/{key}/").status_code == 404


def test_a_draft_number_nobody_can_have_is_ignored(client: Client, cast: Cast) -> None:
    term = term_with_labels(cast)
    client.force_login(cast.bob)

    answer = client.post(f"/glossar/{term.slug}/vorschlagen/", {"step": "send", "draft": "9" * 5000})

    assert answer.status_code == 422


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59-12:00", "+", "2026-13-01"])
def test_a_moment_nobody_can_plan_is_refused_beside_its_field(
    client: Client, cast: Cast, moment: str
) -> None:
    round = open_round(cast)
    client.force_login(cast.alice)
    form = {"closes_at": moment, "reason": "x", "version": round.version}

    assert client.post(f"/glossar/runden/{round.key}/ende-verschieben/", form).status_code == 422


def test_somebody_signed_in_without_rights_is_refused_instead_of_sent_in_circles(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.charlie)

    assert client.get("/admin/login/", {"next": "/admin/"}).status_code == 403


def test_what_signed_in_people_see_is_not_kept_by_browsers(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)

    assert client.get("/glossar/")["Cache-Control"] == "private, no-store"

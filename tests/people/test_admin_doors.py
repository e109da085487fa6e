"""Side doors of the admin: what staff who are no editors find, and what the own settings page takes."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from people.actions.accounts import erase_person

DOORS = [
    "choose-page/", "choose-page/1/", "choose-page/search/?q=a", "choose-page/chosen-multiple/?id=1",
    "choose-external-link/", "api/main/pages/", "api/main/documents/", "api/main/images/",
    "tag-autocomplete/?term=a", "documents/chooser/", "documents/chooser/results/", "images/chooser/",
    "images/chooser/results/", "images/chooser/upload/", "pages/1/", "reports/site-history/",
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_moderators_find_no_side_door(cast, client, door):
    client.force_login(cast.gesa)

    answer = client.get(f"/admin/{door}")
    asked_by_script = client.get(f"/admin/{door}", headers={"x-requested-with": "XMLHttpRequest"})

    assert (answer.status_code, answer.get("Location")) == (302, "/admin/")
    assert asked_by_script.status_code == 403


@pytest.mark.parametrize("door", ["choose-page/", "api/main/pages/", "documents/chooser/", "images/chooser/"])
def test_editors_use_choosers_and_the_api(cast, client, door):
    client.force_login(cast.dora)

    assert client.get(f"/admin/{door}").status_code == 200


@pytest.mark.parametrize("page", ["", "contributions/", "account/", "jsi18n/", "sprite/"])
def test_moderators_reach_their_desk_and_their_settings(cast, client, page):
    client.force_login(cast.gesa)

    assert client.get(f"/admin/{page}").status_code == 200


@pytest.mark.parametrize("name", ["alice", "charlie", None])
def test_everybody_else_stays_outside(cast, client, name):
    if name:
        client.force_login(getattr(cast, name))

    answer = client.get("/admin/choose-page/")

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_settings_of_the_admin_change_no_name_and_take_no_picture(cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.dora)
    picture = ContentFile(PIXEL, name="dora.gif")

    client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "Falsch", "name_email-last_name": "Name", "avatar-avatar": picture,
            "theme-theme": "dark", "theme-contrast": "system", "theme-density": "default",
            "locale-preferred_language": "en", "locale-current_time_zone": "Europe/Berlin",
        },
    )  # fmt: skip

    cast.dora.refresh_from_db()
    profile = UserProfile.objects.get(user=cast.dora)
    assert (cast.dora.first_name, profile.avatar.name or "", profile.theme) == ("Dora", "", "dark")


def test_settings_of_the_admin_lead_to_the_own_account(cast, client):
    client.force_login(cast.dora)

    assert 'href="/konto/"' in client.get(reverse("wagtailadmin_account")).content.decode()


def test_erasing_deletes_the_picture_and_the_name_in_logs(
    cast, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    profile = UserProfile.get_for_user(cast.dora)
    profile.avatar.save("dora.gif", ContentFile(PIXEL))
    ModelLogEntry.objects.log_action(cast.dora, "wagtail.edit", user=cast.dora)

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(user=cast.dora, by=cast.admin)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not ModelLogEntry.objects.filter(label__contains="Dora").exists()


PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)

"""Uploads by address: pictures are public, files have rights of their own."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/a.txt", "documents/secret.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_a_picture_is_served(client: Client, media: Path) -> None:
    answer = client.get("/media/images/a.txt")

    assert b"".join(answer.streaming_content) == b"x"


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.txt",
        "images/../documents/secret.txt",
        "/documents/secret.txt",
        "./documents/secret.txt",
    ],
)
def test_a_file_is_not_served_past_its_rights(client: Client, media: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404

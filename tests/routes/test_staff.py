"""The admin's doors to our models: route × role of the staff × method, compared with the literal table."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.routes.conftest import Ask
from tests.routes.registry import staff_routes
from tests.routes.scene import Scene
from tests.routes.staff import STAFF, Doors, make_doors
from tests.routes.staff_table import TABLE

REFUSED = "-"


@pytest.fixture
def doors(scene: Scene, settings: object, tmp_path: object) -> Doors:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return make_doors(scene)


@pytest.fixture
def found(doors: Doors, ask: Ask) -> Callable[[str], str]:
    """found(route): what the staff gets there, as a line of the table has it."""

    def codes(name: str, method: str) -> list[str]:
        url = doors.address(name)
        answers = [ask(role, method, url) for role in STAFF]
        return [REFUSED if shown_out(answer) else str(answer.status_code) for answer in answers]

    return lambda name: " ".join([*codes(name, "GET"), *codes(name, "POST")])


def shown_out(answer: object) -> bool:
    """Back to the start of the admin or to sign-in: nobody who came in is sent there."""
    home, sign_in = reverse("wagtailadmin_home"), reverse("wagtailadmin_login")
    return answer.headers.get("Location", "").split("?")[0] in {home, sign_in}  # type: ignore[attr-defined]


def rows() -> dict[str, str]:
    lines = [line.split() for line in TABLE.strip().splitlines() if not line.startswith("#")]
    return {name: " ".join(codes) for name, *codes in lines}


def test_every_door_to_our_models_is_in_the_table() -> None:
    assert sorted(rows()) == staff_routes()


def test_the_staff_gets_what_the_table_says(found: Callable[[str], str]) -> None:
    problems = [
        f"{name}: {now}, the table says {wanted}"
        for name, wanted in rows().items()
        if (now := found(name)) != wanted
    ]

    assert problems == [], "\n".join(problems)


def test_nobody_comes_in_who_has_no_part_in_it() -> None:
    """By the table: facilitators nowhere, moderators at the contributions only."""
    seen = {name: codes.split() for name, codes in rows().items()}

    for facilitator in (0, 4):
        assert {codes[facilitator] for codes in seen.values()} == {REFUSED}
    for moderator in (1, 5):
        inside = {name for name, codes in seen.items() if codes[moderator] != REFUSED}
        assert {name.split(":")[0] for name in inside} == {"contributions"}

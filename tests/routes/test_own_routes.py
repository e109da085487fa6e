"""Route × role × method for everything that is ours, compared with the literal table."""

from django.urls import reverse

from tests.routes.conftest import Ask
from tests.routes.registry import own_routes
from tests.routes.scene import ROLES, Scene
from tests.routes.table import TABLE


def rows() -> list[tuple[str, str, list[int]]]:
    """(route, method, status per role)."""
    lines = [line.split() for line in TABLE.strip().splitlines()[1:]]
    return [(name, method, [int(code) for code in codes]) for name, method, *codes in lines]


def address(name: str, scene: Scene) -> str:
    """Where the route is; one without a name stands in the table by its pattern."""
    return f"/{name}" if "/" in name else reverse(name.rstrip("*"), kwargs=scene.kwargs.get(name))


def test_every_route_is_in_the_table_with_both_methods() -> None:
    expected = sorted((name, method) for name in set(own_routes()) for method in ("GET", "POST"))

    listed = sorted((name, method) for name, method, _codes in rows() if not name.endswith("*"))

    assert listed == expected


def test_every_role_gets_what_the_table_says(scene: Scene, ask: Ask) -> None:
    problems = []
    for name, method, expected in rows():
        url = address(name, scene)
        found = [ask(role, method, url).status_code for role in ROLES]
        problems += [
            f"{method} {name} as {role}: {code}, the table says {wanted}"
            for role, code, wanted in zip(ROLES, found, expected, strict=True)
            if code != wanted
        ]

    assert problems == [], "\n".join(problems)


def test_people_without_an_account_are_sent_to_sign_in(scene: Scene, ask: Ask) -> None:
    """Where others get an answer and ada 302, it leads to sign-in and back; from a thread, to the thread."""
    problems = []
    for name, method, expected in rows():
        if (
            name.startswith(("account_", "discussion:post", "_util/"))
            or expected[0] != 302
            or expected[1] == 302
        ):
            continue
        url = address(name, scene)
        target = ask("ada", method, url).headers["Location"]
        if not target.startswith(f"{reverse('account_login')}?next="):
            problems.append(f"{method} {name}: {target}")

    assert problems == []

"""Wagtail's admin: closed to everybody without staff rights, route by route; for staff the doors of our own models."""

import re
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from glossary.models import ConsensusEntry, Definition, Round, Term
from people.models import Organisation, WorkingGroup
from tests.routes.conftest import Ask
from tests.routes.registry import Route, admin_routes
from tests.routes.scene import Scene

WITHOUT_STAFF_RIGHTS = ("ada", "charlie", "fatma", "erik", "hanna", "bob", "alice")
# Open by design: the way to sign in, signing out, and files without data.
OPEN = {
    "admin/login/",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}
# Passwords are allauth's business: these answer "not found" to everybody.
SWITCHED_OFF = re.compile(r"wagtailadmin_password_reset")
SAMPLES: dict[str, Any] = {
    "int": 1,
    "str": "1",
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


# Patterns no sample fits into.
ADDRESSES = {
    "wagtailadmin_pages:revisions_compare": "/admin/pages/1/revisions/compare/earliest...latest/",
    "admin/^.*/$": "/admin/gibt/es/nicht/",
}


def filled(route: Route) -> str:
    """An address of the route: converters filled with a sample."""
    if route.name in ADDRESSES:
        return ADDRESSES[route.name]
    pattern = re.sub(r"<(?:(\w+):)?\w+>", lambda match: str(SAMPLES[match[1] or "str"]), route.pattern)
    pattern = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", pattern).replace("^", "").replace("$", "")
    assert not re.search(r"[\\.*+?|\[\]]", pattern), f"{route.name}: no sample fits into {route.pattern}"
    return f"/{pattern}"


def refused(response: Any) -> bool:
    """Sent to sign in, forbidden, or not there."""
    if response.status_code in {302, 301}:
        return "/login" in response.headers["Location"] or "/konto/anmelden" in response.headers["Location"]
    return response.status_code in {403, 404, 405}


def test_nobody_without_staff_rights_gets_in_anywhere(scene: Scene, ask: Ask) -> None:
    problems, asked = [], 0
    for route in admin_routes():
        url = filled(route)
        if route.name in OPEN or route.pattern in OPEN or SWITCHED_OFF.search(route.name):
            continue
        for role in WITHOUT_STAFF_RIGHTS:
            for method in ("GET", "POST"):
                asked += 1
                response = ask(role, method, url)
                if not refused(response):
                    problems.append(f"{method} {url} as {role}: {response.status_code}")

    assert problems == [], "\n".join(problems)
    assert asked > 2_800


@pytest.mark.parametrize("role", WITHOUT_STAFF_RIGHTS)
def test_the_door_itself_is_shut(role: str, scene: Scene, ask: Ask) -> None:
    for name in (
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "glossary_terms:index",
        "organisations:index",
    ):
        assert refused(ask(role, "GET", reverse(name))), name


# Who of the staff gets which door of ours. alice moderates a group and works on the public pages. Choosers open for
# everybody in the admin and list what the person may choose: nothing for gesa.
STAFF = ("alice", "gesa", "dora", "admin")
DOORS = """
# route                              alice  gesa  dora admin
wagtailadmin_home                      302   200   200   200
glossary_terms:index                   302   302   200   200
glossary_terms:add                     302   302   200   200
glossary_labels:index                  302   302   200   200
glossary_relations:index               302   302   200   200
glossary_definitions:index             302   302   200   200
glossary_rounds:index                  302   302   200   200
glossary_entries:index                 302   302   200   200
organisations:index                    302   302   200   200
organisations:add                      302   302   200   200
working_groups:index                   302   302   200   200
memberships:index                      302   302   200   200
facilitations:index                    302   302   200   200
mandates:index                         302   302   200   200
invitations:index                      302   302   200   200
contributions:index                    302   200   302   200
wagtailusers_users:index               302   302   200   200
wagtailusers_groups:index              302   302   302   200
wagtailimages:index                    302   302   200   200
wagtaildocs:index                      302   302   200   200
wagtailadmin_choose_page               302   302   200   200
wagtailimages_chooser:choose           302   302   200   200
wagtaildocs_chooser:choose             302   302   200   200
organisation_chooser:choose            302   302   200   200
organisation_chooser:choose_results    302   302   200   200
people_chooser:choose                  302   302   200   200
people_chooser:choose_results          302   302   200   200
term_chooser:choose                    302   302   200   200
"""


def doors() -> list[tuple[str, list[int]]]:
    lines = [line.split() for line in DOORS.strip().splitlines()[1:]]
    return [(name, [int(code) for code in codes]) for name, *codes in lines]


def test_staff_get_the_doors_of_their_role(scene: Scene, ask: Ask) -> None:
    problems = []
    for name, expected in doors():
        found = [ask(role, "GET", reverse(name)).status_code for role in STAFF]
        if found != expected:
            problems.append(f"{name}: {found}, the table says {expected}")

    assert problems == [], "\n".join(problems)


# Side doors Wagtail offers for any model; what was put before others is changed by acts only.
SIDE_DOORS = ("edit", "delete", "copy", "history", "usage", "unpublish", "revisions_revert")
IMMUTABLE = ("glossary_rounds", "glossary_entries", "glossary_definitions")


@pytest.mark.parametrize("viewset", IMMUTABLE)
@pytest.mark.parametrize("door", SIDE_DOORS)
def test_what_was_put_before_others_has_no_side_door(viewset: str, door: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"{viewset}:{door}", args=[1])


@pytest.mark.parametrize("model", [Term, Definition, Round, ConsensusEntry, Organisation, WorkingGroup])
@pytest.mark.parametrize("act", ["delete", "publish", "unpublish"])
def test_our_models_are_not_offered_to_bulk_actions(model: Any, act: str, scene: Scene, ask: Ask) -> None:
    row = model.objects.first()

    url = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, act])

    for method in ("GET", "POST"):
        assert ask("admin", method, f"{url}?id={row.pk}").status_code in {403, 404}, method


PAGE_DOORS = (
    "edit",
    "history",
    "usage",
    "unpublish",
    "delete",
    "copy",
    "move",
    "view_draft",
    "workflow_history",
)


def test_doors_of_pages_are_for_editors(scene: Scene, ask: Ask) -> None:
    page = Page.objects.filter(depth__gt=2).specific().first()
    problems = []
    for door in PAGE_DOORS:
        for role, may in (("dora", True), ("admin", True), ("gesa", False), ("alice", False), ("bob", False)):
            response = ask(role, "GET", reverse(f"wagtailadmin_pages:{door}", args=[page.pk]))
            open_for = response.status_code == 200
            if open_for and not may:
                problems.append(f"{door} as {role}: {response.status_code}")

    assert problems == []

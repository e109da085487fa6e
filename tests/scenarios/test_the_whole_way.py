"""From an open round to the agreed wording in a guide: the way the product exists for, in a real browser, in German.

bob answers for his two organisations on a phone → the round ends → alice states the outcome → dora publishes version 2
with the dissent → the ministry, silent so far, joins → a reader without an account meets version 2 in a guide and finds
out what became of version 1.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from glossary.models import ConsensusEntry, Outcome, Position
from glossary.states import OutcomeResult, Stance
from people.models import User
from tests.demo import Demo

pytestmark = [pytest.mark.scenario, pytest.mark.slow]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
TOWN, SCHOOL, MINISTRY = (
    "Stadt Musterstadt",
    "Volkshochschule Musterstadt",
    "Ministerium für Bildung Musterland",
)
DISTRICT = "Landkreis Beispiel"
STATEMENT = (
    "Wir haben uns auf den zweiten Wortlaut verständigt.\n\nDer Landkreis hält seinen Einwand aufrecht."
)
GUIDE = "/leitfaeden/erst-der-auftrag/"

SignIn = Callable[[Page, User], Page]
NewContext = Callable[..., Any]


@pytest.fixture
def as_person(new_context: NewContext, sign_in: SignIn, demo: Demo) -> Callable[..., Page]:
    """A page of a signed-in person; takes Playwright's options."""

    def open_page(name: str, **options: Any) -> Page:
        return sign_in(new_context(**{**DESKTOP, **options}).new_page(), demo.person(name))

    return open_page


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def answer(page: Page, organisation: str, stance: str, reason: str = "") -> None:
    """Choose the organisation, answer, look at the preview, send, get the receipt."""
    page.get_by_role("group", name="Für wen antworten Sie?").get_by_label(organisation).check()
    page.get_by_role("group", name="Für wen antworten Sie?").locator("xpath=ancestor::form").get_by_role(
        "button"
    ).click()
    expect(page.get_by_text(f"Sie antworten für: {organisation}")).to_be_visible()
    page.locator(f"input[name=value][value={stance}]").check()
    page.get_by_label("Begründung").first.fill(reason)
    button(page, "Rückmeldung prüfen").click()
    expect(page.get_by_text("Noch ist nichts gesendet")).to_be_visible()
    button(page, f"Für {organisation} absenden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Rückmeldung ist angekommen")


def current_answer(demo: Demo, organisation: str) -> Position:
    seat = demo.round("digitale-bildung").seats.get(organisation__name=organisation)
    return seat.positions.latest("number")


def subjects() -> str:
    return "\n".join(f"{message.to[0]}: {message.subject}" for message in mail.outbox)


def test_from_the_open_round_to_the_agreed_wording_in_a_guide(
    demo: Demo, as_person: Callable[..., Page], new_context: NewContext
) -> None:
    round = demo.round("digitale-bildung")

    speaker_answers_on_a_phone(demo, as_person("bob", **PHONE), round.get_absolute_url())
    round_ends_by_itself(demo, round)
    facilitator_states_the_outcome(as_person("alice"), round.get_absolute_url())
    editor_publishes_version_two(as_person("dora"), round.get_absolute_url())
    silent_organisation_joins(demo, as_person("noa", **PHONE))
    reader_meets_version_two_in_a_guide(new_context(**DESKTOP).new_page())
    reader_on_a_phone_meets_it_too(new_context(**PHONE).new_page())
    reader_finds_out_what_became_of_version_one(new_context(**DESKTOP).new_page(), demo)
    reader_finds_out_what_became_of_version_one(new_context(**PHONE).new_page(), demo)
    everybody_asked_was_told_by_mail(demo)


def speaker_answers_on_a_phone(demo: Demo, page: Page, url: str) -> None:
    page.goto("/mein/")
    page.locator("main").get_by_role("link", name=re.compile("Rückmeldung geben")).first.click()
    page.goto(url)
    answer(page, TOWN, "consent")
    page.goto(url)
    answer(page, SCHOOL, "reservation", "„Mitgestalten“ ist für unsere Kurse ein hoher Anspruch.")

    assert current_answer(demo, TOWN).value == Stance.CONSENT
    assert current_answer(demo, SCHOOL).value == Stance.RESERVATION


def round_ends_by_itself(demo: Demo, round: Any) -> None:
    demo.move_to(round.closes_at + timedelta(minutes=2))
    call_command("tick")

    assert Outcome.objects.get(round=round).result == OutcomeResult.CARRIED_WITH_DISSENT


def facilitator_states_the_outcome(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Ergebnis begründen").click()
    page.locator("textarea[name=text]").fill(STATEMENT)
    button(page, "Erklärung prüfen").click()
    expect(page.get_by_text("Der Landkreis hält seinen Einwand aufrecht.")).to_be_visible()
    button(page, "Erklärung veröffentlichen").click()
    expect(page.get_by_text("Wir haben uns auf den zweiten Wortlaut verständigt.")).to_be_visible()


def editor_publishes_version_two(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Fassung veröffentlichen").click()
    page.locator("input[name=change_class][value=meaning]").check()
    page.locator("textarea[name=change_reason]").fill("Der Zugang steht jetzt am Anfang.")
    button(page, "Fassung prüfen").click()
    expect(page.locator("main")).to_contain_text(DISTRICT)
    button(page, "Fassung 2 veröffentlichen").click()
    expect(page).to_have_url(re.compile(r"/glossar/digitale-bildung/v2/$"))
    dissent = page.locator("#sondervotum, .dissents, .dissent").first
    expect(dissent).to_contain_text(DISTRICT)


def silent_organisation_joins(demo: Demo, page: Page) -> None:
    page.goto("/glossar/digitale-bildung/v2/mittragen/")
    page.locator("input[name=kind][value=joins]").check()
    page.locator("input[name=evidence]").fill("Hausleitung, Vermerk vom 3. des Monats")
    page.get_by_role("button", name=re.compile("^Für .+ veröffentlichen$")).click()
    expect(page).to_have_url(re.compile(r"/glossar/digitale-bildung/v2/"))

    entry = ConsensusEntry.objects.get(term=demo.term("digitale-bildung"), number=2)
    assert [row.organisation.name for row in entry.supports.all()] == [MINISTRY]
    expect(page.locator("main")).to_contain_text(MINISTRY)
    assert_fits(page)


def reader_meets_version_two_in_a_guide(page: Page) -> None:
    page.goto(GUIDE)
    term = page.locator("a.term[href*='/glossar/digitale-bildung/']").first
    tooltip = page.locator(f"#{term.get_attribute('aria-describedby')}")
    expect(tooltip).to_be_hidden()

    tab_to(page, term)
    expect(tooltip).to_be_visible()
    expect(tooltip).to_contain_text("Fassung 2")
    page.keyboard.press("Escape")
    expect(tooltip).to_be_hidden()
    term.hover()
    expect(tooltip).to_be_visible()
    term.click()
    expect(page.locator("main")).to_contain_text(
        re.compile(r"Fassung 2.*vereinbart von 4 von 6.*heute getragen von 5", re.S)
    )


def tab_to(page: Page, term: Any) -> None:
    """By keyboard alone, as far as it takes."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if term.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError("the keyboard does not lead there")


def reader_on_a_phone_meets_it_too(page: Page) -> None:
    page.goto(GUIDE)
    term = page.locator("a.term[href*='/glossar/digitale-bildung/']").first
    tooltip = page.locator(f"#{term.get_attribute('aria-describedby')}")

    term.tap()
    expect(tooltip).to_contain_text("Fassung 2")
    expect(tooltip).to_be_in_viewport(ratio=0.9)
    assert_fits(page)
    tooltip.get_by_role("link").tap()
    expect(page).to_have_url(re.compile(r"/glossar/digitale-bildung/$"))


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")


def reader_finds_out_what_became_of_version_one(page: Page, demo: Demo) -> None:
    page.goto(f"/id/{demo.term('digitale-bildung').key}/1")
    expect(page).to_have_url(re.compile(r"/glossar/digitale-bildung/v1/$"))
    main = page.locator("main")
    expect(main).to_contain_text(re.compile(r"Galt vom .* bis .* Fassung 2", re.S))
    expect(main.locator("ins").first).to_be_visible()
    expect(main.locator("del").first).to_be_visible()
    assert_fits(page)
    main.get_by_text("Änderungen als Liste").first.click()
    expect(main.locator("details[open] li").first).to_be_visible()
    main.get_by_role("link", name=re.compile("Fassung 2")).first.click()
    expect(page).to_have_url(re.compile(r"/glossar/digitale-bildung/(v2/)?$"))


def everybody_asked_was_told_by_mail(demo: Demo) -> None:
    call_command("tick")
    told = subjects()

    assert "alice@demo.example" in told  # an outcome waits for its statement
    for box in ("referat-medienbildung@demo.example", "bob@demo.example", "schulverwaltung@demo.example"):
        assert box in told, told
    for message in mail.outbox:
        text = f"{message.subject}\n{message.body}"
        assert "{{" not in text
        assert "{%" not in text
        assert "Consensus" not in text


def test_an_answer_needs_no_script(demo: Demo, as_person: Callable[..., Page]) -> None:
    page = as_person("bob", **PHONE, java_script_enabled=False)

    page.goto(demo.round("digitale-bildung").get_absolute_url())
    answer(page, TOWN, "stand_aside")

    assert current_answer(demo, TOWN).value == Stance.STAND_ASIDE


def test_what_was_typed_survives_a_mistake_without_script(demo: Demo, as_person: Callable[..., Page]) -> None:
    page = as_person("hanna", **PHONE, java_script_enabled=False)

    page.goto(demo.round("digitale-bildung").get_absolute_url())
    page.locator("input[name=value][value=objection]").check()
    page.get_by_label("Begründung").first.fill("Das Wort „überall“ geht uns zu weit.")
    button(page, "Rückmeldung prüfen").click()

    expect(page.get_by_label("Begründung").first).to_have_value("Das Wort „überall“ geht uns zu weit.")
    expect(page.locator(".error-summary")).to_be_visible()
    assert not demo.round("digitale-bildung").seats.get(organisation__name=TOWN).positions.exists()

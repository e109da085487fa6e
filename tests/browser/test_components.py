"""The shared frame and components in a real browser: with and without script, by keyboard, pointer and touch."""

import re
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Page, expect

from tests.harness import axe
from tests.harness.traffic import Traffic

SAMPLE = """{% extends "base.html" %}{% load i18n static component_tags %}
{% block title %}Probe{% endblock %}{% block heading %}Was meinen wir mit „Lernort“?{% endblock %}
{% block content %}
{% include "components/wording.html" with text=text %}
{% include "components/status.html" with tone="warn" icon="check-split" word="Vereinbart" detail="mit Sondervotum" %}
{% include "components/diff.html" with segments=segments %}
{% include "components/position_bar.html" with voices=voices %}
{% include "components/steps.html" with steps=steps %}
<p>Jeder <a class="term" href="/glossar/lernort/" aria-describedby="begriff-k">Lernort</a> zählt.</p>
{% include "components/tooltips.html" with terms=terms %}
{% include "components/cite.html" with line="Lernort, Fassung 1" %}
<form class="form" method="get" action="/gesendet/" data-once data-unsaved>{% include "components/form.html" %}
<button class="kern-btn kern-btn--primary"><span class="kern-label">Senden</span></button></form>
{% endblock %}
{% block scripts %}
<script type="module" src="{% static 'js/tooltip.js' %}"></script>
<script type="module" src="{% static 'js/copy.js' %}"></script>
<script type="module" src="{% static 'js/forms.js' %}"></script>{% endblock %}"""

CONTEXT = {
    "text": "Ein Ort, an dem Menschen verabredet lernen.\n\nBeispiel: Der Park.",
    "segments": [("equal", "Ein "), ("delete", "alter"), ("insert", "neuer"), ("equal", " Ort.")],
    "voices": [
        {"value": "consent", "organisation": "Stadt Musterstadt"},
        {"value": "", "organisation": "Landkreis Beispiel"},
    ],
    "steps": [
        {"title": "Vorschläge", "date": "3. März", "state": "done"},
        {"title": "Vereinbart", "state": "todo"},
    ],
    "terms": [
        {
            "key": "k",
            "title": "Lernort",
            "text": "Ein Ort.",
            "status": "Fassung 1",
            "url": "/glossar/lernort/",
        }
    ],
}


class Question(forms.Form):
    reason = forms.CharField(label="Begründung", help_text="Ein Satz genügt.")
    value = forms.ChoiceField(
        label="Rückmeldung", choices=[("a", "Ja"), ("b", "Nein")], widget=forms.RadioSelect
    )


def sample(request: HttpRequest) -> HttpResponse:
    form = Question({}) if "fehler" in request.GET else Question()
    return HttpResponse(engines["django"].from_string(SAMPLE).render({**CONTEXT, "form": form}, request))


def sent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Gesendet</title>")


urlpatterns = [path("probe/", sample), path("gesendet/", sent)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
TIP = "#begriff-k"


def test_the_menu_opens_without_script(new_context: Any) -> None:
    page = new_context(viewport={"width": 360, "height": 700}, java_script_enabled=False).new_page()
    page.goto("/probe/")

    page.locator(".site-menu summary").click()

    expect(page.locator(".site-menu .main-nav__link").first).to_be_visible()


def test_the_first_tab_leads_past_the_navigation(page: Page) -> None:
    page.goto("/probe/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "inhalt"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_components_are_accessible_and_fit(new_context: Any, width: int, scheme: str) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto("/probe/?fehler")

    found = axe.violations(page)
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert found == []
    assert too_wide <= 0


def test_a_tooltip_shows_on_focus_and_leaves_with_escape(page: Page) -> None:
    page.goto("/probe/")
    page.locator("a.term").focus()
    expect(page.locator(TIP)).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator(TIP)).to_be_hidden()


def test_the_pointer_may_move_onto_the_tooltip(page: Page) -> None:
    page.clock.install()
    page.goto("/probe/")
    page.locator("a.term").hover()
    page.clock.run_for(1000)

    page.locator(TIP).hover()
    page.clock.run_for(1000)

    expect(page.locator(TIP)).to_be_visible()


def test_the_tooltip_goes_when_the_pointer_leaves_both(page: Page) -> None:
    page.clock.install()
    page.goto("/probe/")
    page.locator("a.term").hover()
    page.clock.run_for(1000)

    page.locator("h1").hover()
    page.clock.run_for(1000)

    expect(page.locator(TIP)).to_be_hidden()


def test_the_first_tap_shows_the_tooltip_and_its_link_leads_on(new_context: Any) -> None:
    page = new_context(viewport={"width": 390, "height": 800}, has_touch=True).new_page()
    page.goto("/probe/")

    page.locator("a.term").tap()
    expect(page.locator(TIP)).to_be_visible()
    page.locator(f"{TIP} a").tap()

    page.wait_for_url("**/glossar/lernort/")


def test_without_script_the_term_is_a_plain_link_that_is_still_described(new_context: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/probe/")

    expect(page.locator("a.term")).to_have_accessible_description("Lernort Ein Ort. Fassung 1 Zum Begriff")
    expect(page.locator(TIP)).to_be_hidden()


def test_a_second_click_sends_nothing(page: Page, traffic: Traffic) -> None:
    page.goto("/probe/")
    page.locator("#id_reason").fill("Weil es passt.")
    page.locator("input[type=radio]").first.check()

    page.evaluate("() => { const b = document.querySelector('.form button'); b.click(); b.click(); }")
    page.wait_for_url("**/gesendet/**")

    assert sum("/gesendet/" in address for address in traffic.requests) == 1


def test_typed_text_is_not_left_behind_unasked(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/probe/")
    page.locator("#id_reason").press_sequentially("Weil")

    page.goto("/gesendet/")

    assert asked == ["beforeunload"]


def test_a_refused_form_puts_the_focus_on_what_is_wrong(page: Page) -> None:
    page.goto("/probe/?fehler")

    expect(page.locator("#fehler")).to_be_focused()
    expect(page.locator("#id_reason")).to_have_accessible_description(re.compile(r"^Ein Satz genügt\. \w+"))

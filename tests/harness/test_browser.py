"""The harness itself: the browser reaches the live server, and what it does there is watched."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Error, Page

from tests.harness.traffic import Traffic


def styled(request: HttpRequest) -> HttpResponse:
    head = '<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/wagtailadmin/css/core.css">'
    return HttpResponse(f"<!doctype html><html lang=en><head>{head}</head><body><h1>Hello</h1></body></html>")


def calling_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<!doctype html><link rel="icon" href="data:,"><img src="http://127.0.0.1:9/x.png">')


urlpatterns = [path("styled/", styled), path("calling-out/", calling_out)]


@pytest.mark.urls(__name__)
def test_a_page_comes_with_its_stylesheet(page: Page, traffic: Traffic) -> None:
    page.goto("/styled/")

    sheets = page.evaluate("Array.from(document.styleSheets).map(sheet => sheet.cssRules.length)")

    assert page.inner_text("h1") == "Hello"
    assert len(sheets) == 1
    assert sheets[0] > 0
    assert traffic.console_errors == []


@pytest.mark.urls(__name__)
def test_a_request_to_another_host_is_noticed_and_refused(page: Page, traffic: Traffic) -> None:
    page.goto("/calling-out/")

    foreign = list(traffic.foreign_requests)
    refused = list(traffic.console_errors)
    traffic.foreign_requests.clear()
    traffic.console_errors.clear()

    assert any("Content Security Policy" in text for text in refused)
    assert foreign == ["http://127.0.0.1:9/x.png"]


@pytest.mark.urls(__name__)
def test_a_script_error_is_noticed(page: Page, traffic: Traffic) -> None:
    page.goto("/styled/")

    with pytest.raises(Error, match="boom"):
        page.evaluate("() => { throw new Error('boom') }")
    with page.context.expect_event("weberror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('later') }, 0) }")

    assert any("later" in text for text in traffic.script_errors)
    traffic.script_errors.clear()

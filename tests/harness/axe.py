"""Accessibility as axe-core sees it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[1] / "browser" / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the colour scheme decides: nothing but colours differs between light and dark.
OF_COLOUR = ["color-contrast", "link-in-text-block"]


@lru_cache(maxsize=1)
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page (or what these rules find), one line per place: rule, element, why."""
    if not page.evaluate("'axe' in window"):
        _bring_in(page)
    found: list[dict[str, Any]] = page.evaluate(
        "runOnly => axe.run(document, {runOnly, resultTypes: ['violations']}).then(r => r.violations)",
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES},
    )
    return [
        f"{rule['id']}: {node['html'][:120]} ({node['failureSummary'][:160]})"
        for rule in found
        for node in rule["nodes"]
    ]


def _bring_in(page: Page) -> None:
    """Through the debugger, so that the page's Content-Security-Policy stays in force."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _script()})
    session.detach()

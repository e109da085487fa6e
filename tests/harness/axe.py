"""Accessibility as axe-core sees it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[1] / "browser" / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@lru_cache(maxsize=1)
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page, one line per place: rule, element, why.

    The script goes in through the debugger, so that the page's Content-Security-Policy stays in force.
    """
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _script()})
    session.detach()
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(r => r.violations)",
        RULES,
    )
    return [
        f"{rule['id']}: {node['html'][:120]} ({node['failureSummary'][:160]})"
        for rule in found
        for node in rule["nodes"]
    ]

"""Every page a reader without an account can reach, read with the test client. A failing test names the pages.

What needs a browser (axe, overflow, dark mode, foreign requests, no script) is tried on the same pages in
test_every_page.py.
"""

import os
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from glossary.models import Definition
from glossary.states import DefinitionOrigin
from tests.demo import Demo
from tests.harness.crawl import Site, Visit, read_site
from tests.words import wrong_words

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

VNU = os.environ.get("WORTLAUT_VNU_JAR", "")
ACCOUNT = ("/konto/", "/en/konto/")
ACCOUNT_OWN = ("/mein/", "/en/mein/", *ACCOUNT)
# Titles and quotations of others that use a word of the table.
OTHERS_WORDS = {("/links/was-andere-unter-digitaler-bildung-verstehen/", "„Positionen“")}


# One address of every template and state: the crawl must have come there.
ADDRESSES = {
    "home": "/",
    "home in English": "/en/",
    "glossary index": "/glossar/",
    "term agreed": "/glossar/digitale-bildung/",
    "term agreed in English": "/en/glossar/digitale-bildung/",
    "term agreed without dissent": "/glossar/kommunale-koordinierung/",
    "term not negotiated": "/glossar/medienkompetenz/",
    "term retired": "/glossar/edv-schulung/",
    "history": "/glossar/digitale-bildung/verlauf/",
    "entry": "/glossar/digitale-bildung/v1/",
    "entry in English": "/en/glossar/digitale-bildung/v1/",
    "rounds": "/glossar/runden/",
    "guides": "/leitfaeden/",
    "guide": "/leitfaeden/erst-der-auftrag/",
    "practices": "/praxis/",
    "practices in English": "/en/praxis/",
    "practice": "/praxis/offene-sprechstunde/",
    "link collections": "/links/",
    "link collection": "/links/recht-schutz-und-zugang/",
    "topics": "/themen/",
    "topic": "/themen/wie-viel-verstehen/",
    "meetings": "/treffen/",
    "meeting past": "/treffen/austausch-zum-ersten-entwurf/",
    "meeting to come": "/treffen/ergebnis-der-zweiten-runde/",
    "plain page": "/so-geht-es/",
    "organisations": "/organisationen/",
    "organisation": "/organisationen/stadt-musterstadt/",
    "working groups": "/arbeitsgruppen/",
    "working group": "/arbeitsgruppen/digitale-bildung/",
    "sign in": "/konto/anmelden/",
    "sign in by code": "/konto/anmelden/code/",
    "password forgotten": "/konto/passwort/vergessen/",
}
ROUNDS = {
    "round open": "digitale-bildung",
    "round over": "dritter-ort",
    "round to come": "digitale-teilhabe",
    "round closed": "kommunale-koordinierung",
}
DEFINITIONS = {
    "definition quoted": DefinitionOrigin.SOURCE,
    "definition proposed": DefinitionOrigin.PROPOSAL,
    "joint draft": DefinitionOrigin.JOINT_DRAFT,
}


@pytest.fixture
def site(demo: Demo) -> Site:
    """The whole public site with the demo's content, read once."""
    return read_site()


def report(problems: list[str]) -> None:
    assert not problems, f"{len(problems)} problems:\n" + "\n".join(problems[:60])


def test_crawling_reaches_every_part_of_the_site(site: Site) -> None:
    paths = {visit.path for visit in site.pages}

    parts = {path.split("/")[1] for path in paths} | {
        path.split("/")[2] for path in paths if path.startswith("/en/")
    }

    assert {
        "glossar",
        "leitfaeden",
        "praxis",
        "links",
        "themen",
        "treffen",
        "organisationen",
        "arbeitsgruppen",
    } <= parts
    assert {
        "suche",
        "mitmachen",
        "so-geht-es",
        "wer-wir-sind",
        "impressum",
        "datenschutz",
        "barrierefreiheit",
    } <= parts
    assert len(paths) > 200


def test_crawling_reaches_a_page_of_every_template_and_state(site: Site, demo: Demo) -> None:
    rounds = [demo.round(slug).get_absolute_url() for slug in ROUNDS.values()]
    rows = Definition.objects.filter(term=demo.term("digitale-bildung")).select_related("term")
    definitions = [rows.filter(origin=origin)[0].get_absolute_url() for origin in DEFINITIONS.values()]

    wanted = {*ADDRESSES.values(), *rounds, *definitions}

    assert wanted - {visit.url for visit in site.pages} == set()


def test_every_page_answers(site: Site) -> None:
    report(
        [
            f"{visit.status} {visit.url} (linked on {visit.found_on})"
            for visit in site.visits.values()
            if visit.status != 200 and not visit.target
        ]
    )


def test_only_addresses_that_promise_it_redirect(site: Site) -> None:
    promised = ("/id/", *ACCOUNT_OWN)

    moved = [visit for visit in site.visits.values() if visit.target and not visit.url.startswith(promised)]

    # What an act needs an account for leads to sign-in; every other link should say where it really goes.
    report(
        [
            f"{visit.url} → {visit.target} (linked on {visit.found_on})"
            for visit in moved
            if not visit.target.startswith(ACCOUNT)
        ]
    )


def test_no_cookies_outside_the_account(site: Site) -> None:
    report(
        [
            f"{visit.url}: {visit.cookies}"
            for visit in site.visits.values()
            if visit.cookies and not visit.url.startswith(ACCOUNT)
        ]
    )


def test_html_is_valid(site: Site) -> None:
    report([f"{visit.url}: {error}" for visit in site.pages for error in visit.errors])


def test_identifiers_are_unique(site: Site) -> None:
    report(
        [
            f"{visit.url}: #{name} × {count}"
            for visit in site.pages
            for name, count in visit.ids.items()
            if count > 1
        ]
    )


def test_links_and_anchors_lead_somewhere(site: Site) -> None:
    problems = set()
    for visit in site.pages:
        for link, anchor in visit.links:
            target = site.end_of(link)
            if target is None or not target.is_page:
                continue
            if anchor and anchor not in target.ids:
                problems.add(f"{visit.url}: {link}#{anchor}")

    report(sorted(problems))


def test_every_page_has_one_main_heading_and_language(site: Site) -> None:
    problems = []
    for visit in site.pages:
        headings = visit.all("h1")
        if len(headings) != 1 or not visit.text(headings[0]):
            problems.append(f"{visit.url}: {len(headings)} main headings")
        language = visit.all("html")[0].get("lang")
        if language != ("en" if visit.path.startswith("/en/") else "de"):
            problems.append(f"{visit.url}: lang={language}")

    report(problems)


def test_headings_leave_no_level_out(site: Site) -> None:
    problems = []
    for visit in site.pages:
        levels = [int(heading.tag[-1]) for heading in visit.all("h1", "h2", "h3", "h4", "h5", "h6")]
        jumps = [f"h{a} → h{b}" for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
        if jumps:
            problems.append(f"{visit.url}: {jumps}")

    report(problems)


def test_titles_tell_pages_apart(site: Site) -> None:
    by_title: dict[tuple[str, str], set[str]] = defaultdict(set)
    for visit in site.pages:
        title = visit.text(visit.all("title")[0])
        assert title, visit.url
        by_title[visit.path.startswith("/en/") and "en" or "de", title].add(visit.path)

    report(
        [f"{title!r}: {sorted(paths)}" for (_language, title), paths in by_title.items() if len(paths) > 1]
    )


def test_forms_and_buttons_need_no_script(site: Site) -> None:
    problems = []
    for visit in site.pages:
        for form in visit.all("form"):
            buttons = [
                e for e in form.iter() if e.tag.endswith("}button") and e.get("type", "submit") == "submit"
            ]
            inputs = [e for e in form.iter() if e.tag.endswith("}input") and e.get("type") == "submit"]
            if not buttons and not inputs:
                problems.append(f"{visit.url}: a form without a button")
        problems += [
            f"{visit.url}: a button that needs script: {visit.text(button)!r}"
            for button in visit.all("button")
            if button.get("type") == "button" and "hidden" not in button.attrib
        ]

    report(problems)


def test_nothing_inline_and_nothing_foreign_is_loaded(site: Site) -> None:
    problems = []
    for visit in site.pages:
        for element in visit.parser.document.iter():
            name = str(element.tag).removeprefix("{http://www.w3.org/1999/xhtml}")
            if name == "style" or "style" in element.attrib:
                problems.append(f"{visit.url}: inline style on {name}")
            if name == "script" and not element.get("src"):
                problems.append(f"{visit.url}: inline script")
            problems += [f"{visit.url}: {key} on {name}" for key in element.attrib if key.startswith("on")]
            source = (
                element.get("src")
                or (element.get("href") if name == "link" and _loads(element) else "")
                or ""
            )
            if source.startswith(("http:", "https:", "//")):
                problems.append(f"{visit.url}: {name} loads {source}")

    report(problems)


def _loads(link: object) -> bool:
    rel = link.get("rel", "")  # type: ignore[attr-defined]
    return not {"canonical", "alternate", "license", "author"} & set(rel.split())


def test_german_pages_keep_to_our_words(site: Site) -> None:
    problems = [
        f"{visit.url}: {wrong}"
        for visit in site.pages
        if not visit.path.startswith("/en/")
        for wrong in wrong_words(visit.text(visit.all("body")[0]))
        if (visit.path, wrong.split()[0]) not in OTHERS_WORDS
    ]

    report(problems)


def test_readers_get_no_form_token(site: Site) -> None:
    report(
        [
            visit.url
            for visit in site.pages
            if "csrfmiddlewaretoken" in visit.body and not visit.url.startswith(ACCOUNT)
        ]
    )


@pytest.mark.skipif(not VNU, reason="WORTLAUT_VNU_JAR names no validator")
def test_the_official_validator_agrees(site: Site, tmp_path: Path) -> None:
    names: dict[str, Visit] = {}
    for number, visit in enumerate(site.pages):
        (tmp_path / f"{number}.html").write_text(visit.body, encoding="utf-8")
        names[f"{number}.html"] = visit

    command = [
        "java",
        "-Xss8m",
        "-jar",
        VNU,
        "--errors-only",
        "--format",
        "gnu",
        "--skip-non-html",
        str(tmp_path),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    report([_named(line, names) for line in result.stderr.splitlines() if line.strip()])


def _named(line: str, names: dict[str, Visit]) -> str:
    """The validator's line with our address in place of the file's."""
    file, _quote, message = line.rsplit("/", 1)[-1].partition('"')
    return f"{names[file].url if file in names else file}: {message}"

"""What templates and style sheets name exists, and nothing in them breaks the Content-Security-Policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from home.views.errors import server_error

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
PUBLIC = [path for path in TEMPLATES if "email" not in path.parts]
STYLES = sorted(STATIC.glob("**/*.css"))


def sprite() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons/sprite.svg").read_text()))


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_file_a_style_sheet_asks_for_exists(style: Path) -> None:
    addresses = re.findall(r"""url\(\s*["']?([^"')]+)""", style.read_text())
    asked = [address for address in addresses if not address.startswith("data:")]

    assert [address for address in asked if not (style.parent / address).is_file()] == []


def test_every_icon_named_in_a_template_is_drawn() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(
            r'{% icon "([^"]+)"|icon="([^"]+)"|icon\.html" with name="([^"]+)"', path.read_text()
        )
        for name in name
        if name
    }

    assert named - sprite() == set()
    assert len(named) > 20


def test_every_static_file_named_in_a_template_exists() -> None:
    named = {name for path in PUBLIC for name in re.findall(r"""{% static ["']([^"']+)""", path.read_text())}

    assert {name for name in named if not (STATIC / name).is_file()} == set()


def test_no_template_carries_inline_style_or_script() -> None:
    inline = re.compile(r"""\sstyle=["']|<style|\son[a-z]+=["']|<script(?![^>]*\bsrc=)|javascript:""")

    assert [path.name for path in PUBLIC if inline.search(path.read_text())] == []


def test_vendored_files_carry_their_licences() -> None:
    licences = ["vendor/kern/LICENSE.md", "fonts/OFL.txt"]

    assert all((STATIC / name).stat().st_size > 500 for name in licences)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "429", "500"])
def test_error_pages_need_neither_request_nor_database(name: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"{name}.html")

    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    assert 'class="site-header"' in html


class Unreachable:
    """A person or session whose database is gone."""

    def __getattr__(self, name: str) -> None:
        raise AssertionError(f"the error page asked for {name}")


def test_the_500_page_asks_neither_session_nor_person(rf: RequestFactory) -> None:
    request = rf.get("/glossar/")
    request.user = request.session = Unreachable()

    response = server_error(request)

    assert response.status_code == 500
    assert b"<h1>" in response.content

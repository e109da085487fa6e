import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.citation import Citable, bibtex, reference, ris, safe_url


def citable(**changes: object) -> Citable:
    values = {
        "key": "7k3m9x2q",
        "number": 2,
        "title": "Digitale Bildung, vereinbarte Fassung 2",
        "publisher": "Arbeitsgruppe Digitales",
        "published": date(2026, 5, 4),
        "url": "https://wortlaut.example/id/7k3m9x2q/2",
        "language": "de",
        "text": "Digitale Bildung ist …\n\nAnmerkung: mehr.",
        "note": "vereinbart von 5 von 6 Organisationen, 1 Sondervotum",
    }
    return Citable(**{**values, **changes})  # type: ignore[arg-type]


def test_bibtex_names_wording_day_and_permanent_address() -> None:
    record = bibtex(citable())

    assert record.startswith("@misc{7k3m9x2q-2,\n")
    assert "title = {{Digitale Bildung, vereinbarte Fassung 2}}" in record
    assert "author = {{Arbeitsgruppe Digitales}}" in record
    assert "date = {2026-05-04}" in record
    assert "url = {https://wortlaut.example/id/7k3m9x2q/2}" in record
    assert "langid = {ngerman}" in record


@pytest.mark.parametrize(
    ("character", "escaped"),
    [
        ("&", r"\&"),
        ("%", r"\%"),
        ("$", r"\$"),
        ("#", r"\#"),
        ("_", r"\_"),
        ("{", r"\{"),
        ("}", r"\}"),
        ("~", r"\textasciitilde{}"),
        ("^", r"\textasciicircum{}"),
        ("\\", r"\textbackslash{}"),
    ],
)
def test_bibtex_escapes_what_tex_would_read(character: str, escaped: str) -> None:
    assert f"title = {{{{a{escaped}b}}}}" in bibtex(citable(title=f"a{character}b"))


@settings(max_examples=200)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_out_of_its_bibtex_field(title: str, note: str) -> None:
    record = bibtex(citable(title=title, note=note))

    unescaped = re.sub(r"\\[{}]", "", record)
    assert unescaped.count("{") == unescaped.count("}")
    assert len([line for line in record.split("\n") if line.startswith("  ")]) == len(
        re.findall(r"(?m)^  \w+ = \{.*\},?$", record)
    )


def test_ris_names_wording_day_and_permanent_address() -> None:
    lines = ris(citable()).split("\r\n")

    assert lines[0] == "TY  - GEN"
    assert lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2026/05/04" in lines
    assert "UR  - https://wortlaut.example/id/7k3m9x2q/2" in lines


@settings(max_examples=200)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_adds_a_line_to_the_ris_record(title: str, text: str) -> None:
    lines = ris(citable(title=title, text=text)).split("\r\n")

    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert sum(line.startswith("ER  - ") for line in lines) == 1


def test_a_reference_comes_without_its_address() -> None:
    csl = {"title": "Dagstuhl-Erklärung", "type": "webpage", "URL": "https://dagstuhl.gi.de/"}

    assert reference(csl, accessed=date(2026, 5, 3)) == "Dagstuhl-Erklärung (abgerufen am 3. Mai 2026)"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/", "https://a.example/"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(url: str, safe: str) -> None:
    assert safe_url({"URL": url}) == safe

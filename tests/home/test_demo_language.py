"""The demo's texts are set like German texts and keep the words of the house."""

import re
import unicodedata

import pytest

from tests.home.demo_files import DATA, FOLDER, NAMES, fragments, prose, strings

TAGS = {"p", "ul", "ol", "li", "b", "i", "a", "br"}
NOT_OUR_WORDS = (
    r"Mandat\w*", r"Facilitator\w*", r"Moderator\w*", r"Konsent\w*", r"Konsens\w*", r"mit Vorbehalt", r"Dissens\w*",
    r"[Kk]onkurrierende\w* Definition\w*", r"[Ww]ird verhandelt", r"[Ii]n Kraft", r"Benennung\w*", r"Übertragung\w*",
    r"Quorum", r"Protokoll\w*", r"Stimmen?", r"Position abgeben", r"Account\w*", r"\w+[*:_]innen", r"\w+Innen\b",
)  # fmt: skip
PROCEDURE = ("organisations", "negotiation", "threads", "topics", "meetings", "pages")

# ---- typography and words


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_normalised_and_quote_like_german_texts(name: str) -> None:
    raw = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", raw)
    for path, text in strings(DATA[name]):
        plain = prose(text)
        assert '"' not in plain, path
        assert not re.search("[”’‘‚»«']| - |\\.\\.\\.", plain), path
        assert re.sub("[^„“]", "", plain) == "„“" * plain.count("„"), path


def test_only_plain_tags_are_used_and_all_are_closed() -> None:
    for slug, html in fragments():
        names = re.findall(r"</?(\w+)", html)
        assert set(names) <= TAGS, slug
        for tag in set(names) - {"br"}:
            assert len(re.findall(rf"<{tag}\b", html)) == html.count(f"</{tag}>"), f"{slug}: {tag}"


@pytest.mark.parametrize("name", PROCEDURE)
def test_texts_about_our_procedure_keep_the_words_on_the_page(name: str) -> None:
    ours = re.compile(rf"\b(?:{'|'.join(NOT_OUR_WORDS)})\b")

    assert [f"{path}: {text}" for path, text in strings(DATA[name]) if ours.search(prose(text))] == []


def test_the_word_check_sees_a_forbidden_word() -> None:
    ours = re.compile(rf"\b(?:{'|'.join(NOT_OUR_WORDS)})\b")

    assert ours.search("Das Mandat der Gruppe")
    assert ours.search("die Moderatorin")
    assert not ours.search("Die Moderation holt ein Stimmungsbild ein.")


def test_most_sentences_are_short() -> None:
    texts = [prose(html) for _slug, html in fragments()] + [
        row["explanation"] for row in DATA["terms"]["term"]
    ]
    sentences = [
        len(part.split()) for text in texts for part in re.split(r"(?<=[.!?:;])\s+", text) if part.strip()
    ]

    assert sum(length <= 20 for length in sentences) / len(sentences) >= 0.95

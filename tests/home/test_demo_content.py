"""The demo has what it promises, its references lead somewhere, its pages and pictures are complete."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from tests.home.demo_files import (
    DATA,
    DEFINITIONS,
    FOLDER,
    GUIDES,
    ORGANISATIONS,
    PEOPLE,
    PICTURES,
    PRACTICES,
    ROUNDS,
    TERMS,
    TOPICS,
    fragments,
    prose,
    strings,
)

PLACES = {
    "/": set(),
    "/glossar/": TERMS,
    "/leitfaeden/": GUIDES,
    "/praxis/": PRACTICES,
    "/themen/": TOPICS,
    "/treffen/": {row["slug"] for row in DATA["meetings"]["meeting"]},
    "/organisationen/": {row["slug"] for row in DATA["organisations"]["organisation"]},
    "/arbeitsgruppen/": {row["slug"] for row in DATA["organisations"]["group"]},
    "/impressum/": set(),
}

# ---- enough of everything


@pytest.mark.parametrize(
    ("name", "table", "least", "most"),
    [
        ("organisations", "organisation", 6, 6),
        ("organisations", "group", 1, 1),
        ("terms", "term", 20, 99),
        ("guides", "guide", 8, 99),
        ("practices", "practice", 10, 99),
        ("links", "collection", 3, 3),
        ("meetings", "meeting", 4, 4),
        ("topics", "topic", 6, 99),
        ("pictures", "picture", 12, 16),
    ],
)
def test_there_is_as_much_as_the_demo_promises(name: str, table: str, least: int, most: int) -> None:
    assert least <= len(DATA[name][table]) <= most


def test_digital_education_has_six_sources_two_proposals_and_a_joint_draft() -> None:
    origins = [row["origin"] for row in DEFINITIONS.values() if row["term"] == "digitale-bildung"]

    assert sorted(origins) == ["joint"] + ["proposal"] * 2 + ["source"] * 6


def test_twenty_links_and_twenty_five_to_forty_comments() -> None:
    links = [link for row in DATA["links"]["collection"] for link in row["link"]]
    comments = [comment for row in DATA["threads"]["thread"] for comment in row["comment"]]

    assert len(links) >= 20
    assert len({link["url"] for link in links}) == len(links)
    assert 25 <= len(comments) <= 40


@pytest.mark.parametrize("state", ["closed", "over", "open", "upcoming"])
def test_every_state_of_a_round_can_be_seen(state: str) -> None:
    assert any(row["state"] == state for row in ROUNDS.values())


# ---- references


def references() -> Iterator[tuple[str, str, set[str]]]:
    known = {
        "organisation": ORGANISATIONS,
        "contributor": ORGANISATIONS,
        "person": PEOPLE,
        "by": PEOPLE,
        "author": PEOPLE,
        "checked_by": PEOPLE,
        "announced_by": PEOPLE,
        "facilitators": PEOPLE,
        "term": TERMS,
        "terms": TERMS,
        "broader": TERMS,
        "narrower": TERMS,
        "successors": TERMS,
        "picture": PICTURES,
        "guides": GUIDES,
        "definition": set(DEFINITIONS),
        "parents": set(DEFINITIONS),
    }
    for name, data in DATA.items():
        for path, value in strings(data):
            field = re.sub(r"\[\d+\]", "", path).rpartition(".")[2]
            if field in known and value:
                yield f"{name}{path}", value, known[field]
    for row in DATA["meetings"]["meeting"]:
        yield from ((row["slug"], topic, TOPICS) for topic in row["topics"])
        yield from ((row["slug"], key, ORGANISATIONS) for key in row["organisations"])
    for row in DATA["terms"]["term"]:
        yield from ((row["slug"], slug, TERMS - {row["slug"]}) for slug in row["related"])
    for row in DATA["guides"]["guide"] + DATA["practices"]["practice"]:
        yield from ((row["slug"], slug, GUIDES - {row["slug"]}) for slug in row.get("related", []))


def test_every_reference_leads_to_something() -> None:
    assert [f"{place}: {value}" for place, value, known in references() if value not in known] == []


def test_no_relation_is_written_down_twice() -> None:
    pairs = [
        frozenset((row["slug"], other))
        for row in DATA["terms"]["term"]
        for kind in ("broader", "narrower", "related")
        for other in row[kind]
    ]

    assert len(set(pairs)) == len(pairs)


def test_every_link_inside_leads_to_a_page_of_the_demo() -> None:
    dead = []
    for slug, html in fragments():
        for address in re.findall(r'href="(/[^"]*)"', html):
            start, _slash, rest = address.rstrip("/").rpartition("/")
            if address not in PLACES and rest not in PLACES.get(f"{start}/", set()):
                dead.append(f"{slug}: {address}")

    assert dead == []


@pytest.mark.parametrize(
    "rows",
    [
        DATA["organisations"]["organisation"],
        DATA["organisations"]["person"],
        DATA["negotiation"]["definition"],
        DATA["negotiation"]["round"],
        [comment for thread in DATA["threads"]["thread"] for comment in thread["comment"]],
        DATA["pages"]["page"],
    ],
)
def test_keys_are_unique(rows: list[dict[str, Any]]) -> None:
    assert len({row["key"] for row in rows}) == len(rows)


def words_of(guide: dict[str, Any]) -> int:
    texts = [
        text
        for block in guide["body"]
        for text in (
            block.get("text", ""),
            block.get("html", ""),
            block.get("title", ""),
            *block.get("items", []),
        )
    ]
    return sum(len(prose(text).split()) for text in texts)


def terms_in(html: str) -> set[str]:
    """Terms a text uses, by any of their labels as they stand; the site finds more than this."""
    text = prose(html)
    return {
        row["slug"]
        for row in DATA["terms"]["term"]
        for label in row["labels"]
        if label["lang"] == "de" and re.search(rf"\b{re.escape(label['text'])}", text, re.IGNORECASE)
    }


# ---- guides and practices


@pytest.mark.parametrize("guide", DATA["guides"]["guide"], ids=lambda guide: guide["slug"])
def test_a_guide_is_worth_reading_and_built_like_one(guide: dict[str, Any]) -> None:
    kinds = [block["type"] for block in guide["body"]]
    html = " ".join(block.get("html", "") for block in guide["body"])

    assert 500 <= words_of(guide) <= 900
    assert kinds.count("quote") == 1
    assert "note" in kinds
    assert {block["level"] for block in guide["body"] if block["type"] == "heading"} == {2, 3}
    assert "steps" in kinds or "<li>" in html
    assert len(terms_in(html)) >= 2
    assert 'href="/leitfaeden/' in html


@pytest.mark.parametrize("practice", DATA["practices"]["practice"], ids=lambda practice: practice["slug"])
def test_a_practice_has_what_the_record_requires(practice: dict[str, Any]) -> None:
    required = ("title", "summary", "place", "official_key", "target_groups", "state", "contact")

    assert all(practice[field] for field in required)
    assert len(practice["summary"]) <= 400
    assert re.fullmatch(r"99\d{3}(\d{3})?", practice["official_key"])
    assert practice["state"] in ("planned", "running", "established", "ended")
    assert practice.get("format", "onsite") in ("onsite", "digital", "hybrid")


def test_practices_show_every_state_and_say_what_went_wrong() -> None:
    practices = DATA["practices"]["practice"]

    assert {row["state"] for row in practices} == {"planned", "running", "established", "ended"}
    assert sum(bool(row.get("stumbling_blocks")) for row in practices) >= 10


def test_meetings_name_organisations_and_the_coming_one_has_no_results_yet() -> None:
    for row in DATA["meetings"]["meeting"]:
        coming = row["starts"]["days"] > 0
        assert coming == (row["state"] == "upcoming")
        assert all(bool(item["result"]) != coming for item in row["item"])


# ---- pictures


@pytest.mark.parametrize("picture", DATA["pictures"]["picture"], ids=lambda picture: picture["slug"])
def test_a_picture_is_small_has_the_right_shape_and_is_described(picture: dict[str, Any]) -> None:
    path = FOLDER / "pictures" / picture["file"]

    assert path.stat().st_size <= 25_000
    with Image.open(path) as image:
        assert (image.format, image.size) == ("WEBP", (1200, 675))
    assert 30 <= len(picture["alt"]) <= 160


def test_no_picture_lies_about_unused() -> None:
    assert {path.stem for path in (FOLDER / "pictures").iterdir()} == PICTURES

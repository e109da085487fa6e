"""The demo's files as plain data, for the tests that hold them together."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "home" / "demo"
NAMES = (
    "organisations", "terms", "negotiation", "threads", "guides", "practices", "links", "topics", "meetings",
    "pages", "pictures",
)  # fmt: skip
DATA: dict[str, dict[str, Any]] = {
    name: tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")) for name in NAMES
}
ORGANISATIONS = {row["key"] for row in DATA["organisations"]["organisation"]}
PEOPLE = {row["key"] for row in DATA["organisations"]["person"]}
TERMS = {row["slug"] for row in DATA["terms"]["term"]}
GUIDES = {row["slug"] for row in DATA["guides"]["guide"]}
PRACTICES = {row["slug"] for row in DATA["practices"]["practice"]}
TOPICS = {row["slug"] for row in DATA["topics"]["topic"]}
PICTURES = {row["slug"] for row in DATA["pictures"]["picture"]}
DEFINITIONS = {row["key"]: row for row in DATA["negotiation"]["definition"]}
ROUNDS = {row["key"]: row for row in DATA["negotiation"]["round"]}
ENTRIES = {f"{row['term']}/{row['number']}": row for row in DATA["negotiation"]["entry"]}


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string below a value, with where it stands; English and bibliographic rows are left out."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        if value.get("language", value.get("lang", "de")) == "de":
            for key, child in value.items():
                if key not in ("csl", "en"):
                    yield from strings(child, f"{path}.{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from strings(child, f"{path}[{index}]")


def prose(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def moment(value: dict[str, int]) -> tuple[int, int, int]:
    return value["days"], value.get("hour", 12), value.get("minute", 0)


def bodies() -> list[tuple[str, dict[str, Any]]]:
    rows = DATA["guides"]["guide"] + DATA["pages"]["page"]
    return [(row["slug"], block) for row in rows for block in row["body"]]


def fragments() -> list[tuple[str, str]]:
    found = [
        (slug, html) for slug, block in bodies() for html in (block.get("html", ""), *block.get("items", []))
    ]
    return found + [(row["slug"], row["intro"]) for row in DATA["links"]["collection"]]

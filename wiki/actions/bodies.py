"""Makes the text of a page from plain data, cleaned on the way in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from record.errors import Invalid
from wiki.cleaning import clean_rich_text, clean_text
from wiki.models import Picture

Block = Mapping[str, Any]


def _heading(block: Block, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    return {"level": str(block.get("level", 2)), "text": clean_text(block["text"])}


def _text(block: Block, pictures: Mapping[str, Picture]) -> str:
    return clean_rich_text(block["html"])


def _quote(block: Block, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    return {
        "text": clean_text(block["text"]),
        "attribution": clean_text(block["attribution"]),
        "url": block.get("url", ""),
    }


def _note(block: Block, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    return {"title": clean_text(block.get("title", "")), "text": clean_rich_text(block["html"])}


def _steps(block: Block, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    items = [clean_rich_text(item) for item in block["items"]]
    return {"title": clean_text(block.get("title", "")), "items": [item for item in items if item]}


def _picture(block: Block, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    return {"picture": pictures[block["picture"]].pk, "caption": clean_text(block.get("caption", ""))}


def _links(block: Block, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    items = [
        {"title": clean_text(item["title"]), "url": item["url"], "note": clean_text(item.get("note", ""))}
        for item in block["items"]
    ]
    return {"title": clean_text(block.get("title", "")), "items": items}


MAKERS: dict[str, tuple[str, Callable[[Block, Mapping[str, Picture]], Any]]] = {
    "heading": ("heading", _heading),
    "text": ("text", _text),
    "quote": ("quote", _quote),
    "note": ("note", _note),
    "steps": ("steps", _steps),
    "image": ("picture", _picture),
    "picture": ("picture", _picture),
    "links": ("links", _links),
}


def body_from(
    blocks: Sequence[Block], *, pictures: Mapping[str, Picture] | None = None
) -> list[dict[str, Any]]:
    """Blocks as in the demo's files (`type` and its fields) as the value of a page's `body`.

    `pictures` names the pictures that `image` blocks refer to. Raises Invalid for an unknown kind of block or picture.
    """
    body = []
    for block in blocks:
        try:
            kind, make = MAKERS[block["type"]]
            body.append({"type": kind, "value": make(block, pictures or {})})
        except KeyError as error:
            raise Invalid(
                f"Unknown or incomplete block {block.get('type')!r}: {error}", field="body"
            ) from error
    return body

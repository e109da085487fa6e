"""From the blocks of a page to one piece of source HTML. Pure: pictures, files and links are filled in later, all at once.

Placeholders: `<figure data-picture="7">`, `<p data-file="7">`; links inside rich text keep Wagtail's own form
(`<a linktype="page" id="7">`). Everything that is not rich text is escaped here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from record.slug import german_slug

Raw = Mapping[str, Any]
# Nothing inside such an element is a sentence of the author's own: it names, quotes or labels.
PLAIN = 'class="block-title"'


def paragraphs(text: str) -> str:
    """Plain text as paragraphs; a blank line separates them."""
    found = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    return "".join(f"<p>{_lines(part)}</p>" for part in found)


def bullets(lines: Iterable[str]) -> str:
    """Plain lines as a list."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _title(text: str | None) -> str:
    return f"<p {PLAIN}>{escape(text)}</p>" if text else ""


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>' if url else escape(text)


def _quote(value: Raw) -> str:
    source = _link(value.get("url") or "", value["attribution"])
    return (
        f'<figure class="block-quote"><blockquote>{paragraphs(value["text"])}</blockquote>'
        f"<figcaption>{source}</figcaption></figure>"
    )


def _note(value: Raw) -> str:
    return f'<div class="block-box" role="note">{_title(value.get("title"))}{value["text"]}</div>'


def _items(value: Any) -> list[Any]:
    """The values of a ListBlock, stored bare or with type and id."""
    return [
        item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item for item in value
    ]


def _steps(value: Raw) -> str:
    items = "".join(f"<li>{_unwrapped(item)}</li>" for item in _items(value["items"]))
    return f'<div class="block-steps">{_title(value.get("title"))}<ol class="steps-list">{items}</ol></div>'


def _unwrapped(html: str) -> str:
    """A single paragraph without its tags: the list item is one already."""
    match = re.fullmatch(r"\s*<p[^>]*>(?P<inside>(?:(?!<p\b).)*)</p>\s*", html, re.DOTALL)
    return match["inside"] if match else html


def _picture(value: Raw) -> str:
    caption = f"<figcaption>{escape(value['caption'])}</figcaption>" if value.get("caption") else ""
    return f'<figure data-picture="{value["picture"]}">{caption}</figure>' if value.get("picture") else ""


def _document(value: Raw) -> str:
    note = f" {escape(value['note'])}" if value.get("note") else ""
    return (
        f'<p class="block-file" data-file="{value["document"]}">{note}</p>' if value.get("document") else ""
    )


def _links(value: Raw) -> str:
    rows = [
        f"<li>{_link(item['url'], item['title'])}{': ' + escape(item['note']) if item.get('note') else ''}</li>"
        for item in _items(value["items"])
    ]
    return f'<div class="block-links">{_title(value.get("title"))}<ul>{"".join(rows)}</ul></div>'


_BLOCKS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "quote": _quote,
    "note": _note,
    "steps": _steps,
    "picture": _picture,
    "document": _document,
    "links": _links,
}


def anchor(text: str, taken: set[str]) -> str:
    """A stable id for a heading, unique on the page."""
    base = german_slug(text, limit=60, fallback="abschnitt")
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def source_html(blocks: Sequence[Raw]) -> str:
    """All blocks, as stored, as one piece of HTML. Unknown kinds of blocks (of another release) show nothing."""
    taken: set[str] = set()
    html = []
    for block in blocks:
        value = block["value"]
        if block["type"] == "heading":
            level = "3" if str(value.get("level")) == "3" else "2"
            html.append(f'<h{level} id="{anchor(value["text"], taken)}">{escape(value["text"])}</h{level}>')
        elif make := _BLOCKS.get(block["type"]):
            html.append(make(value))
    return "\n".join(html)


_HEADING = re.compile(r'<h2 id="(?P<anchor>[^"]+)">(?P<title>.*?)</h2>', re.DOTALL)


def headings(html: str) -> list[dict[str, str]]:
    """The sections, for the table of contents; titles are HTML-escaped text."""
    return [{"title": match["title"], "anchor": match["anchor"]} for match in _HEADING.finditer(html)]

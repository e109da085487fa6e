"""Outside HTML on its way in. Wagtail cleans only what its own editor sends, so importers and actions clean here.

Kept is exactly what the editor's rich text can hold; everything else loses its tags and keeps its words.
"""

import re

import nh3

TAGS = {"p", "br", "b", "i", "a", "ul", "ol", "li"}
# Rich text knows b and i; strong and em mean the same to whoever writes HTML by hand.
_SAME = (("strong", "b"), ("em", "i"))
_LINK_TYPES = {"page", "document"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_BLANK_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Links to pages and files by id, other links by address, but never anything that only looks like one."""
    if name == "linktype":
        return value if value in _LINK_TYPES else None
    if name == "id":
        return value if value.isdigit() else None
    if name == "href" and value.startswith("//"):
        return None
    return value


def clean_rich_text(html: str) -> str:
    """The HTML with only what rich text may hold; scripts and styles vanish with their content."""
    for outside, ours in _SAME:
        html = re.sub(rf"<(/?){outside}(?=[\s>/])", rf"<\1{ours}", html, flags=re.IGNORECASE)
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "linktype", "id"}},
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "template", "iframe", "object"},
    )
    return _BLANK_PARAGRAPH.sub("", cleaned).strip()


def clean_text(text: str) -> str:
    """Plain text without tags and without characters that reverse or hide writing."""
    return re.sub("[\u0000-\u0008\u000b-\u001f\u00ad\u200b\u202a-\u202e\u2066-\u2069]", "", text).strip()

"""Template tags of the shared components: icons, form controls, lists of changes.

They know no models and no app; every page may load them.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.kept import kept

register = template.Library()

INSERT = {"insert", "ins", "+"}
DELETE = {"delete", "del", "-"}
EQUAL_GAP = " "


class Change(NamedTuple):
    """One place where two texts differ; one of the two sides may be empty."""

    removed: str
    added: str


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A decorative icon from the sprite. The word beside it carries the meaning."""
    return _icon(name, size)


@kept
def _icon(name: str, size: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" icon--{size}" if size else "",
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def badge(text: str, tone: str = "", icon: str = "", kind: bool = False) -> SafeString:
    """One word about a thing: its status in a tone (good|info|warn|bad|quiet), or neutral what kind of thing it is."""
    look = "badge--kind" if kind else f"tone--{tone or 'quiet'}"
    return format_html('<span class="badge {}">{}{}</span>', look, _icon(icon, "") if icon else "", text)


@register.filter
def absolute(url: str) -> str:
    """An address as the world outside needs it, whatever host a request named; storage elsewhere has its own."""
    return url if url.startswith(("https://", "http://")) else f"{settings.PUBLIC_URL}{url}"


def _control_class(field: BoundField) -> str:
    widget = field.field.widget
    error = bool(field.errors)
    if isinstance(widget, CheckboxSelectMultiple | CheckboxInput):
        base = "kern-form-check__checkbox"
    elif isinstance(widget, RadioSelect):
        base = "kern-form-check__radio"
    elif isinstance(widget, Select) and not getattr(widget, "allow_multiple_selected", False):
        base = "kern-form-input__select"
    else:
        base = "kern-form-input__input"
    own = widget.attrs.get("class", "")
    return " ".join(part for part in (own, base, f"{base}--error" if error else "") if part)


@register.simple_tag
def field_described_by(field: BoundField, readers: str = "") -> str:
    """The ids of help, readers and error of a field, in reading order."""
    ids = [
        f"{field.auto_id}_helptext" if field.help_text else "",
        f"{field.auto_id}_readers" if readers else "",
        f"{field.auto_id}_error" if field.errors else "",
    ]
    return " ".join(part for part in ids if part)


@register.simple_tag
def field_control(field: BoundField, readers: str = "") -> SafeString:
    """The widget with KERN's classes and everything it is described by (help, readers, error)."""
    attrs: dict[str, Any] = {"class": _control_class(field)}
    if described := field_described_by(field, readers):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.simple_tag
def field_choices(field: BoundField) -> list[Any]:
    """The single radio buttons or checkboxes of a field, with KERN's classes."""
    field.field.widget.attrs["class"] = _control_class(field)
    return list(field.subwidgets)


@register.filter
def field_kind(field: BoundField) -> str:
    """Which layout a field needs: ``choices``, ``checkbox``, ``select`` or ``input``."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, Select) and not getattr(widget, "allow_multiple_selected", False):
        return "select"
    return "input"


@register.simple_tag
def diff_parts(segments: Iterable[Any]) -> list[tuple[str, str]]:
    """Segments as (operation, text), whether they come as tuples or as objects with op and text."""
    return [(part.op, part.text) if hasattr(part, "op") else (part[0], part[1]) for part in segments]


def _pairs(parts: Iterable[tuple[str, str]]) -> Iterable[Change]:
    removed, added = "", ""
    for operation, text in parts:
        if operation in DELETE:
            removed += text
        elif operation in INSERT:
            added += text
        elif text == EQUAL_GAP and (removed or added):
            # One blank between two changed words does not end the change.
            removed, added = removed and removed + text, added and added + text
        else:
            if removed or added:
                yield Change(removed.strip(), added.strip())
            removed, added = "", ""
    if removed or added:
        yield Change(removed.strip(), added.strip())


@register.simple_tag
def diff_changes(segments: Iterable[Any]) -> list[Change]:
    """The places that differ, as plain text, in reading order; for everybody who cannot see ins and del."""
    return [change for change in _pairs(diff_parts(segments)) if change.removed or change.added]


@register.filter
def is_insert(operation: str) -> bool:
    """Whether a diff segment was added."""
    return operation in INSERT


@register.filter
def is_delete(operation: str) -> bool:
    """Whether a diff segment was removed."""
    return operation in DELETE


@register.filter
def page_window(page: Page[Any]) -> Iterable[int | str]:
    """Page numbers to show, with an ellipsis for the gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_query(context: dict[str, Any], number: int) -> str:
    """The query string of another page of the same list; page 1 has none of its own."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = str(number)
    return f"?{query.urlencode()}" if query else context["request"].path

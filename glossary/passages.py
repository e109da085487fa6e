"""Where a quoted passage stands in a wording: exactly one place, or the person is asked for more words."""

import re

from django.utils.translation import gettext_lazy as _

from record.errors import Invalid

__all__ = ["exact_place_of", "place_of"]

NOWHERE = _("These words do not stand in the wording. Please copy them from it.")
MORE_THAN_ONCE = _("These words stand in the wording more than once. Please copy a longer piece.")


def place_of(text: str, passage: str) -> tuple[int, int]:
    """Beginning and end of the only place, in code points; blanks and line ends count alike, however they were copied.

    Raises Invalid beside the field "passage" when the words stand nowhere, or in several places: choosing one of them
    would quote words nobody pointed at.
    """
    words = r"\s+".join(re.escape(word) for word in passage.split())
    # Looking ahead finds places that overlap, too.
    found = [match.span(1) for match in re.finditer(f"(?=({words}))", text)] if words else []
    if not found:
        raise Invalid(NOWHERE, field="passage")
    if len(found) > 1:
        raise Invalid(MORE_THAN_ONCE, field="passage")
    return found[0]


def exact_place_of(text: str, passage: str) -> tuple[int, int]:
    """The only place of words that are quoted as they stand. Raises Invalid like `place_of`."""
    start, end = place_of(text, passage)
    if text[start:end] != passage:
        raise Invalid(NOWHERE, field="passage")
    return start, end

"""Pictures in fixed sizes, made on publish. Showing one never makes one: reading never writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wiki.models import Picture, Rendition
from wiki.models.media import RENDITION_SPECS, SOCIAL_SPEC

# The reading column is 44rem wide at most, full width on a phone.
SIZES = "(min-width: 48rem) 44rem, 100vw"


def make_renditions(pictures: Iterable[Picture], *, social: bool = False) -> None:
    """Make the fixed sizes of these pictures, as far as they are missing."""
    specs = (*RENDITION_SPECS, SOCIAL_SPEC) if social else RENDITION_SPECS
    for picture in pictures:
        picture.get_renditions(*specs)


def _made(picture: Picture) -> list[Rendition]:
    """The sizes there are, smallest first; from what was prefetched, without duplicates of one width."""
    wanted = {row.width: row for row in picture.renditions.all() if row.filter_spec in RENDITION_SPECS}
    return [wanted[width] for width in sorted(wanted)]


def picture_tag(picture: Picture, *, sizes: str = SIZES, lazy: bool = True) -> SafeString:
    """`<img>` with all sizes there are; the original where none was made yet (a preview)."""
    rows = _made(picture)
    loading = mark_safe(' loading="lazy" decoding="async"') if lazy else ""
    if not rows:
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="{}"{}>',
            picture.file.url,
            picture.width,
            picture.height,
            picture.default_alt_text,
            loading,
        )
    largest = rows[-1]
    srcset = ", ".join(f"{row.file.url} {row.width}w" for row in rows)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        largest.file.url,
        srcset,
        sizes,
        largest.width,
        largest.height,
        picture.default_alt_text,
        loading,
    )


@dataclass(frozen=True, slots=True)
class SocialPicture:
    """What a link preview needs to know."""

    url: str
    width: int
    height: int
    alt: str


def social_picture_of(picture_id: int | None) -> SocialPicture | None:
    """The size for link previews elsewhere, if it was made; one query."""
    if picture_id is None:
        return None
    made = (
        Rendition.objects.filter(image_id=picture_id, filter_spec=SOCIAL_SPEC).select_related("image").first()
    )
    if made is None:
        return None
    return SocialPicture(made.file.url, made.width, made.height, made.image.default_alt_text)

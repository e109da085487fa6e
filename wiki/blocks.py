"""Blocks of a text. They hold data only: wiki.rendering renders all blocks of a page as one text.

A block's own template is used by Wagtail's admin alone; public pages never render block by block.
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading; the page's own title is the only heading of level 1."""

    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Subsection"))], default="2", label=_("Level")
    )
    text = blocks.CharBlock(max_length=160, label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Heading")


class QuoteBlock(blocks.StructBlock):
    """A quotation never goes without its source."""

    text = blocks.TextBlock(label=_("Text"))
    attribution = blocks.CharBlock(max_length=250, label=_("Source"))
    url = blocks.URLBlock(required=False, label=_("Address of the source"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class NoteBlock(blocks.StructBlock):
    """Something to keep in mind, set apart from the text."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Note")


class StepsBlock(blocks.StructBlock):
    """What to do, one after the other."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Step")), label=_("Steps")
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")


class PictureBlock(blocks.StructBlock):
    """A picture; its text alternative belongs to the picture itself."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")


class DocumentBlock(blocks.StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(required=False, max_length=250, label=_("What it is"))

    class Meta:
        icon = "doc-full"
        label = _("File")


class LinkItemBlock(blocks.StructBlock):
    """One address with a word on why."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    note = blocks.CharBlock(required=False, max_length=250, label=_("What it is"))


class LinksBlock(blocks.StructBlock):
    """A short list of addresses."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    items = blocks.ListBlock(LinkItemBlock(label=_("Link")), label=_("Links"))

    class Meta:
        icon = "link"
        label = _("Links")


class BodyBlock(blocks.StreamBlock):
    """The text of a page."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(features=TEXT_FEATURES, icon="pilcrow", label=_("Text"))
    quote = QuoteBlock()
    note = NoteBlock()
    steps = StepsBlock()
    picture = PictureBlock()
    document = DocumentBlock()
    links = LinksBlock()

    class Meta:
        block_counts: ClassVar[dict[str, dict[str, int]]] = {}

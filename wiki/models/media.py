"""Pictures and files, our own models from the first migration on."""

from typing import ClassVar

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from record.lines import PlainLines

# The only sizes a public page ever asks for; made on publish, never while a page is read.
WIDTHS = (480, 960, 1440)
RENDITION_SPECS = tuple(f"width-{width}|format-webp" for width in WIDTHS)
SOCIAL_SPEC = "fill-1200x630|format-jpeg"


class Picture(PlainLines, AbstractImage):
    """A picture. Its description is what screen readers say, so it is required."""

    description = models.CharField(
        _("text alternative"),
        max_length=500,
        help_text=_("What is to be seen, for everybody who cannot see it. One or two sentences."),
    )
    credit = models.CharField(_("made by"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions: ClassVar = [("choose_image", "Can choose image")]

    def __str__(self) -> str:
        return self.title

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """As Wagtail does, but the temporary file it leaves open is closed."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_one_per_spec_and_focus"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"


class Attachment(PlainLines, AbstractDocument):
    """A file to take along."""

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions: ClassVar = [("choose_document", "Can choose document")]

    def __str__(self) -> str:
        return self.title

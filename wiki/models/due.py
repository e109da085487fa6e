"""What is still to be done for texts that are already published."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TextsDue(models.Model):
    """The texts of this page show something that changed: a file, a picture, the address of another page.

    No foreign key: a page is marked while it may be deleted in the same breath. Rows of pages that are gone are dropped
    when they are worked off.
    """

    page_pk = models.PositiveIntegerField(unique=True)
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text to render")
        verbose_name_plural = _("texts to render")

    def __str__(self) -> str:
        return str(self.page_pk)

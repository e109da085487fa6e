"""What the pipeline stores: the rendered text of a page, and which terms it names."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wiki.models.knowledge import KnowledgePage


class RenderedBody(models.Model):
    """A text rendered once: HTML with term keys, by the digest of its source and the state of the labels.

    `parts` maps the name of a part to its HTML; `terms` lists [key, count] in order of first use; `headings` lists
    {title, anchor, level}. Derived data: may be deleted at any time, a missing row is computed.
    """

    digest = models.CharField(max_length=64, unique=True)
    labels_state = models.CharField(max_length=64, db_index=True)
    parts = models.JSONField(default=dict)
    terms = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rendered text")
        verbose_name_plural = _("rendered texts")

    def __str__(self) -> str:
        return self.digest[:12]


class TermUse(models.Model):
    """A published page names a term, and which agreed wording was in force when it was written against it.

    `entry_number` is empty when nothing was agreed then.
    """

    page = models.ForeignKey(KnowledgePage, models.CASCADE, related_name="term_uses")
    term_key = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=1)
    entry_number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("use of a term")
        verbose_name_plural = _("uses of terms")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "term_key"], name="termuse_one_per_page_and_term"),
        ]
        # The order in which a term's page lists its uses: it reads the first of thousands, not all.
        indexes: ClassVar = [
            models.Index(fields=["term_key", "-count", "-page"], name="termuse_most_used_first")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.term_key}"

"""What shows that somebody may act: the council's decision, for example."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.lines import PlainLines


class Evidenced(PlainLines):
    """Title, date and link of the evidence; it may be missing, then pages say so. Its lines are plain, as all of the row."""

    evidence_title = models.CharField(
        _("evidence"), max_length=250, blank=True, help_text=_("For example the council's decision.")
    )
    evidence_date = models.DateField(_("date of the evidence"), null=True, blank=True)
    evidence_url = models.URLField(_("link to the evidence"), blank=True)

    class Meta:
        abstract = True

"""Every choice of the knowledge base. Imports no models."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Curation(TextChoices):
    """Where a page stands between submitting and archiving. Computed; only `archived` is stored (as a date)."""

    DRAFT = "draft", pgettext_lazy("page", "Draft")
    UNDER_REVIEW = "under_review", _("Being looked through")
    PUBLISHED = "published", pgettext_lazy("page", "Published")
    REVIEW_DUE = "review_due", _("Review due")
    EXPIRED = "expired", _("No longer valid")
    ARCHIVED = "archived", _("Archived")


class PracticeState(TextChoices):
    """How far a practice has come."""

    PLANNED = "planned", pgettext_lazy("practice", "Planned")
    RUNNING = "running", pgettext_lazy("practice", "Running")
    ESTABLISHED = "established", pgettext_lazy("practice", "Established")
    ENDED = "ended", pgettext_lazy("practice", "Ended")


class Format(TextChoices):
    """In which form something takes place."""

    ONSITE = "onsite", _("On site")
    DIGITAL = "digital", pgettext_lazy("format", "Online")
    HYBRID = "hybrid", _("Hybrid")


class Provider(TextChoices):
    """Who stands behind a link; readers want to know before they click."""

    PUBLIC = "public", _("Public body")
    NONPROFIT = "nonprofit", _("Nonprofit")
    COMMERCIAL = "commercial", _("Commercial")


class Cost(TextChoices):
    """Whether a link leads to something free of charge."""

    FREE = "free", _("Free of charge")
    PARTLY = "partly", _("Partly free of charge")
    PAID = "paid", _("Paid")


class TopicState(TextChoices):
    """What became of an open question."""

    OPEN = "open", pgettext_lazy("topic", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("topic", "Being worked on")
    ANSWERED = "answered", pgettext_lazy("topic", "Answered")

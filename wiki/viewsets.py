"""The knowledge base in the admin: its two vocabularies, and the pages somebody has to look at again."""

from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from wiki.models import FieldOfAction, KnowledgePage, TargetGroup
from wiki.querysets import KnowledgeQuerySet


class FieldOfActionViewSet(SnippetViewSet):
    """What pages are about."""

    model = FieldOfAction
    icon = "tag"
    list_display: ClassVar = ["name", "name_en", "slug", "sort_order"]


class TargetGroupViewSet(SnippetViewSet):
    """For whom something was made."""

    model = TargetGroup
    icon = "group"
    list_display: ClassVar = ["name", "name_en", "slug", "sort_order"]


class VocabularyGroup(SnippetViewSetGroup):
    """The menu of the vocabularies."""

    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 320
    items = (FieldOfActionViewSet, TargetGroupViewSet)


class ReviewFilterSet(WagtailFilterSet):
    """Narrow the report to one contributor or language."""

    class Meta:
        model = KnowledgePage
        fields: ClassVar = ["contributor", "language"]


class ReviewReport(PageReportView):
    """Published pages whose review is due or whose validity is over, the longest due first."""

    results_template_name = "wiki/admin/review_report.html"
    page_title = _("Pages to look at again")
    header_icon = "time"
    filterset_class = ReviewFilterSet
    index_url_name = "wiki_review_report"
    index_results_url_name = "wiki_review_report_results"
    model = KnowledgePage
    any_permission_required: ClassVar = ["publish"]
    export_headings: ClassVar = {"review_on": _("to be reviewed on"), "valid_until": _("valid until")}
    list_export: ClassVar = ["title", "contributor.name", "review_on", "valid_until", "checked_on"]

    def get_queryset(self) -> KnowledgeQuerySet:
        """The same rule as the page's own notice."""
        due = KnowledgePage.objects.review_due_on(timezone.localdate())
        self.queryset = due.select_related("contributor").defer("body").order_by("review_on", "valid_until")
        return super().get_queryset()

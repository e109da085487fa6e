"""What the knowledge base registers with Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from people.roles import is_editor
from wiki.viewsets import ReviewReport, VocabularyGroup

register_snippet(VocabularyGroup)


class ReviewMenuItem(MenuItem):
    """Shown to those who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Editors and administrators."""
        return is_editor(request.user)


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    """First among the reports: it is the one with a due date."""
    return ReviewMenuItem(
        _("Pages to look at again"), reverse("wiki_review_report"), icon_name="time", order=100
    )


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """Addresses of the report."""
    return [
        path("reports/review/", ReviewReport.as_view(), name="wiki_review_report"),
        path(
            "reports/review/results/",
            ReviewReport.as_view(results_only=True),
            name="wiki_review_report_results",
        ),
    ]

"""The administrators' page for a text that must not stay: find it and its copies, say why, empty them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic.edit import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from glossary.actions.redaction import redact_all
from glossary.redactable import Redactable, rows_with
from glossary.states import RedactionReason
from people.models import User
from people.roles import is_administrator
from record.errors import DomainError


class RedactionForm(forms.Form):
    """Which of the found rows, why, and that it is final."""

    rows = forms.MultipleChoiceField(
        label=_("Texts to remove"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one text.")},
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Reason"), choices=RedactionReason.choices, widget=forms.RadioSelect)
    sure = forms.BooleanField(label=_("I know that removed texts cannot be brought back."))


class RedactionView(WagtailAdminTemplateMixin, FormView):
    """GET finds, POST empties what was ticked. Nothing is ticked beforehand."""

    page_title = _("Remove a text")
    header_icon = "bin"
    template_name = "glossary/admin/redaction.html"
    form_class = RedactionForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Administrators only; the action asks again."""
        if not is_administrator(request.user):
            raise PermissionDenied
        self.words = request.GET.get("q", "").strip()
        self.found: list[Redactable] = rows_with(self.words)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The last step is the heading of the page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form(self, form_class: Any = None) -> Any:
        """Only what was found can be ticked."""
        form = super().get_form(form_class)
        form.fields["rows"].choices = [(item.token, item.token) for item in self.found]
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the words looked for and what holds them."""
        ticked = self.request.POST.getlist("rows")
        return super().get_context_data(words=self.words, found=self.found, ticked=ticked, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Empty them, and show what still holds these words."""
        chosen = [item.row for item in self.found if item.token in form.cleaned_data["rows"]]
        user: Any = self.request.user
        by = User.objects.get(pk=user.pk)
        try:
            count = redact_all(rows=chosen, by=by, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self.form_invalid(form)
        text = ngettext("%(count)s text was removed.", "%(count)s texts were removed.", count)
        messages.success(self.request, text % {"count": count})
        return redirect(f"{reverse('glossary_redaction')}?{urlencode({'q': self.words})}")

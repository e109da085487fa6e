"""The one form of a thread."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from discussion.text import MAX_LENGTH
from record.errors import DomainError, Stale


class CommentForm(forms.Form):
    """A contribution: plain text, and the mark by which a second click is known."""

    text = forms.CharField(
        label=_("Your contribution"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Plain text, at most 5,000 characters. Addresses become links."),
    )
    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].widget.attrs["maxlength"] = MAX_LENGTH
        self.fields["text"].error_messages["required"] = _("Please write something.")
        self.initial.setdefault("submission_key", uuid.uuid4())

    def refuse(self, error: DomainError) -> None:
        """Show what an action refused."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))
        if isinstance(error, Stale):
            # Sent again on purpose it is another contribution, so it needs a mark of its own.
            self.data = {**self.data, self.add_prefix("submission_key"): str(uuid.uuid4())}


class HideForm(forms.Form):
    """Why a moderator hides a contribution; only moderators read it."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

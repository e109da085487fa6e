"""The tags behind the shared components."""

from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from home.templatetags.component_tags import (
    Change,
    diff_changes,
    field_control,
    field_described_by,
    page_query,
)


class Answer(forms.Form):
    reason = forms.CharField(help_text="In one sentence.")
    value = forms.ChoiceField(choices=[("consent", "Yes"), ("objection", "No")], widget=forms.RadioSelect)


def render(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


def test_a_replacement_is_one_change_with_both_sides() -> None:
    segments = [("equal", "Ein "), ("delete", "alter"), ("insert", "neuer"), ("equal", " Ort.")]

    assert diff_changes(segments) == [Change("alter", "neuer")]


def test_segments_may_be_objects() -> None:
    segments = [SimpleNamespace(op="equal", text="Ein "), SimpleNamespace(op="insert", text="neuer")]

    assert diff_changes(segments) == [Change("", "neuer")]


def test_equal_wordings_have_no_changes() -> None:
    assert diff_changes([("equal", "Ein Ort.")]) == []


def test_words_of_a_wording_are_escaped_in_the_diff() -> None:
    html = render('{% include "components/diff.html" %}', segments=[("insert", "<script>alert(1)</script>")])

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 2


@pytest.mark.parametrize(
    ("address", "number", "expected"),
    [
        ("/praxis/?format=digital&page=2", 3, "?format=digital&page=3"),
        ("/praxis/?format=digital&page=2", 1, "?format=digital"),
        ("/praxis/?page=2", 1, "/praxis/"),
    ],
)
def test_another_page_keeps_the_filter(address: str, number: int, expected: str) -> None:
    request = RequestFactory().get(address)

    assert page_query({"request": request}, number) == expected


def test_a_refused_field_says_what_describes_it() -> None:
    form = Answer({"reason": ""})

    html = field_control(form["reason"], "Everybody reads this.")

    assert 'aria-describedby="id_reason_helptext id_reason_readers id_reason_error"' in html
    assert 'aria-invalid="true"' in html
    assert "kern-form-input__input--error" in html


def test_an_untouched_field_is_described_by_its_help_only() -> None:
    assert field_described_by(Answer()["reason"]) == "id_reason_helptext"


def test_every_id_a_field_names_is_on_the_page() -> None:
    form = Answer({"reason": ""})

    html = render('{% include "components/form.html" %}', form=form)

    for name in ("id_reason_helptext", "id_reason_error", "id_value_error"):
        assert f'id="{name}"' in html
    assert html.count('type="radio"') == 2

"""For whom a person answers in a round, and the form as it stands for that organisation."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from glossary.forms.positions import AnswerForm
from glossary.models import Draft, Position, Round, Seat
from glossary.policy import acting_organisations
from glossary.states import DraftKind, Stance
from glossary.views.base import chosen_organisation, new_submission_key
from people.models import Mandate, Organisation


@dataclass(slots=True, kw_only=True)
class Desk:
    """The organisations a person may answer or draft for, and the one chosen."""

    round: Round
    speaking: dict[str, Mandate] = field(default_factory=dict)
    drafting: dict[str, Mandate] = field(default_factory=dict)
    chosen: Organisation | None = None
    seat: Seat | None = None
    current: Position | None = None
    draft: Draft | None = None

    @property
    def organisations(self) -> list[Organisation]:
        """All the person may do something for, by name."""
        found = {
            m.organisation.key: m.organisation for m in [*self.speaking.values(), *self.drafting.values()]
        }
        return sorted(found.values(), key=lambda organisation: organisation.name)

    @property
    def may_send(self) -> bool:
        """Speakers and deputies answer; others prepare a draft."""
        return self.chosen is not None and self.chosen.key in self.speaking

    def form(self) -> AnswerForm:
        """The form, filled with the organisation's draft, otherwise with its current answer."""
        number = self.current.number if self.current else 0
        initial = {
            "organisation": self.chosen.key if self.chosen else "",
            "replaces": number,
            "submission_key": new_submission_key(),
        }
        if self.draft is not None:
            content = {k: v for k, v in self.draft.content.items() if k in AnswerForm.base_fields}
            flags = {k: content.get(k) == "True" for k in ("no_change_helps", "provisional") if k in content}
            initial = {**content, **flags, **initial, "draft_version": self.draft.version}
        elif self.current is not None and self.current.value != Stance.TAKEN_BACK:
            initial = {**answer_initial(self.current), **initial}
        return AnswerForm(initial=initial, wording=self.round.wording)


def answer_initial(position: Position) -> dict[str, Any]:
    """A stored answer as the form shows it, to be changed."""
    objection = getattr(position, "objection", None)
    return {
        "value": position.value,
        "reason": position.reason or "",
        "provisional": position.provisional_until is not None,
        "provisional_until": position.provisional_until,
        "provisional_body": position.provisional_body,
        "passage": (objection.passage or "") if objection else "",
        "change_wanted": (objection.change_wanted or "") if objection else "",
        "no_change_helps": objection.no_change_helps if objection else False,
    }


def desk_for(request: HttpRequest, round: Round) -> Desk:
    """What this person may do in this round; `fuer` (or the form's organisation) chooses where there are several."""
    desk = Desk(round=round)
    if not request.user.is_authenticated:
        return desk
    for mandate in acting_organisations(request.user, "take_position", round):
        desk.speaking[mandate.organisation.key] = mandate
    for mandate in acting_organisations(request.user, "save_draft", round):
        desk.drafting[mandate.organisation.key] = mandate
    seated = {seat.organisation_id: seat for seat in round.seats.all()}
    desk.drafting = {key: m for key, m in desk.drafting.items() if m.organisation_id in seated}
    organisations = {organisation.key: organisation for organisation in desk.organisations}
    desk.chosen = chosen_organisation(request, organisations)
    if desk.chosen is not None:
        desk.seat = seated[desk.chosen.pk]
        desk.seat.round = round
        desk.seat.organisation = desk.chosen
        positions = Position.objects.filter(seat=desk.seat).select_related("objection")
        desk.current = positions.order_by("-number").first()
        drafts = Draft.objects.filter(round=round, organisation=desk.chosen, kind=DraftKind.POSITION)
        desk.draft = drafts.select_related("updated_by").first()
    return desk

"""The page of record of one agreed version: it prints on at most two pages, as an annex to a council paper."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from glossary import citation
from glossary.citation import Citable
from glossary.models import ConsensusEntry, Dissent, Support, Term
from glossary.phrases import local_day, long_day, of_dissents, of_organisations
from glossary.policy import may
from glossary.sentences import outcome_sentences, rules_sentences
from glossary.standing import DISSENT, Said, carriers, in_force, withdrawal_of
from glossary.states import EntryKind, Stance
from glossary.tally import Outcome as Tally
from glossary.tally import Rules
from glossary.text.diff import diff
from glossary.views.base import crumbs, show, term_crumb, with_term
from glossary.views.compare import comparison_url, pairs
from glossary.views.pieces import RESULT_LOOK, entry_detail, seats_of
from glossary.views.sources import sources_by_wording


@with_term
def entry(request: HttpRequest, term: Term, number: int) -> HttpResponse:
    """One version with all that belongs to it."""
    entries = list(
        ConsensusEntry.objects.filter(term=term)
        .select_related("wording", "round__outcome", "round__group", "statement")
        .order_by("number")
    )
    shown = next((e for e in entries if e.number == number), None)
    if shown is None:
        raise Http404
    for row in entries:
        row.term = term
    current = in_force(entries, timezone.localdate())
    context = {
        "term": term,
        "entry": shown,
        "breadcrumb": crumbs(term_crumb(term)),
        "is_current": shown == current,
        **period(shown, entries),
        **_neighbours(shown, entries),
        **_decision(shown),
        **record_of(shown),
        "may_support": may(request.user, "declare_support", shown),
    }
    superseded = context["until"] is not None
    canonical = term.get_absolute_url() if superseded else None
    return show(request, "entry", context, language=term.language, canonical=canonical)


def period(entry: ConsensusEntry, entries: list[ConsensusEntry]) -> dict[str, Any]:
    """From when until when it applied, and by which version it was followed."""
    today = timezone.localdate()
    newer = [e for e in entries if e.number > entry.number and e.valid_from <= today]
    successor = min(newer, key=lambda e: e.number, default=None)
    until: date | None = None
    if successor is not None and entry.valid_from <= today:
        until = max(successor.valid_from - timedelta(days=1), entry.valid_from)
    segments = None
    if successor is not None and successor.wording and entry.wording:
        segments = pairs(diff(entry.wording.text or "", successor.wording.text or ""))
    newest = max(newer, key=lambda e: e.number, default=None)
    return {
        "until": until,
        "successor": successor,
        "newest": newest if newest != successor else None,
        "segments": segments,
        "future": entry.valid_from > today,
    }


def _neighbours(entry: ConsensusEntry, entries: list[ConsensusEntry]) -> dict[str, Any]:
    before = next((e for e in entries if e.number == entry.number - 1), None)
    after = next((e for e in entries if e.number == entry.number + 1), None)
    compare = ""
    if before is not None and before.wording and entry.wording:
        compare = comparison_url(entry.term, before.wording.key, entry.wording.key)
    return {"before": before, "after": after, "compare_url": compare}


def _decision(entry: ConsensusEntry) -> dict[str, Any]:
    """Outcome and rules of the round it comes from, in sentences."""
    outcome = getattr(entry.round, "outcome", None)
    if entry.round is None or outcome is None:
        return {"outcome": None}
    tone, icon = RESULT_LOOK[outcome.result]
    names = {organisation["key"]: organisation["name"] for organisation in entry.asked}
    return {
        "outcome": {
            "word": outcome.get_result_display(),
            "tone": tone,
            "icon": icon,
            "sentences": outcome_sentences(Tally.from_json(outcome.tally), names),
        },
        "rules": rules_sentences(Rules.from_json(entry.round.rules)),
    }


def record_of(entry: ConsensusEntry) -> dict[str, Any]:
    """Who carried it then and carries it today, who dissents, sources, how to cite it."""
    supports = list(
        entry.supports.select_related("organisation").order_by("made_at", "organisation_id", "number")
    )
    dissents = list(entry.dissents.select_related("organisation").order_by("organisation_name", "pk"))
    rows: list[Support | Dissent] = [*supports, *dissents]
    said = {row: _said(row) for row in rows}
    carried_today = carriers(entry.carried_by, sorted(said.values(), key=lambda one: one.at))
    return {
        "detail": entry_detail(entry, carried_today),
        "carried_today": carried_today,
        **said_then(entry, not_carrying(entry, dissents)),
        "dissents": [_dissent(dissent, said) for dissent in dissents],
        "supports": supports,
        "sources": sources_by_wording([entry.wording_id]).get(entry.wording_id or 0, []),
        **cite(entry, sum(1 for dissent in dissents if dissent.support_id is None)),
    }


def _said(row: Support | Dissent) -> Said:
    kind, reason, late = (
        (row.kind, "", True)
        if isinstance(row, Support)
        else (DISSENT, row.reason, row.support_id is not None)
    )
    return Said(
        key=row.organisation.key,
        name=row.organisation_name,
        kind=kind,
        at=row.made_at,
        reason=reason,
        late=late,
    )


def not_carrying(entry: ConsensusEntry, dissents: list[Dissent]) -> list[str]:
    """Organisations that were asked and neither carried it nor filed a dissent then."""
    carried = {organisation["key"] for organisation in entry.carried_by}
    dissenting = {dissent.organisation.key for dissent in dissents if dissent.support_id is None}
    return [o["name"] for o in entry.asked if o["key"] not in carried | dissenting]


def said_then(entry: ConsensusEntry, not_carrying: list[str]) -> dict[str, Any]:
    """What the organisations said in the round besides plain consent, each kind in a list of its own."""
    if entry.round is None:
        return {"not_carrying": not_carrying}
    said: dict[str, list[dict[str, Any]]] = {Stance.RESERVATION: [], Stance.STAND_ASIDE: []}
    silent = []
    for seat in seats_of(entry.round):
        if not seat.spoke or seat.current is None:
            silent.append(seat.seat.organisation_name)
        elif seat.current.value in said:
            said[seat.current.value].append(
                {"who": seat.seat.organisation_name, "reason": seat.current.reason}
            )
    listed = {item["who"] for item in said[Stance.STAND_ASIDE]} | set(silent)
    return {
        "reservations": said[Stance.RESERVATION],
        "stood_aside": said[Stance.STAND_ASIDE],
        "without_answer": silent,
        "not_carrying": [name for name in not_carrying if name not in listed],
    }


def _dissent(dissent: Dissent, said: dict[Support | Dissent, Said]) -> dict[str, Any]:
    """A dissent and what became of it: whether it came later, and the support that withdrew it."""
    withdrawal = withdrawal_of(said[dissent], said.values())
    withdrawn = next((row for row, one in said.items() if one is withdrawal), None) if withdrawal else None
    return {"dissent": dissent, "later": dissent.support_id is not None, "withdrawn": withdrawn}


def cite(entry: ConsensusEntry, dissents: int) -> dict[str, str]:
    """One line to paste, and the same for reference managers."""
    label = entry.preferred_label[:1].upper() + entry.preferred_label[1:]
    note = _citation_note(entry, dissents)
    line = _("%(label)s, agreed version %(number)s of %(day)s, %(note)s, %(url)s") % {
        "label": label,
        "number": entry.number,
        "day": long_day(entry.published_at),
        "note": note,
        "url": entry.identifier,
    }
    citable = Citable(
        key=entry.term.key,
        number=entry.number,
        title=_("%(label)s, agreed version %(number)s") % {"label": label, "number": entry.number},
        publisher=entry.round.group.name
        if entry.round
        else (entry.term.steward.name if entry.term.steward else ""),
        published=local_day(entry.published_at),
        url=entry.identifier,
        language=entry.term.language,
        text=(entry.wording.text or "") if entry.wording else "",
        note=note,
    )
    return {
        "cite_line": line,
        "bibtex": citation.bibtex(citable),
        "ris": citation.ris(citable).replace("\r\n", "\n"),
    }


def _citation_note(entry: ConsensusEntry, dissents: int) -> str:
    if entry.kind == EntryKind.REVOKED:
        return pgettext("agreed wording", "revoked")
    parts = []
    if entry.asked:
        parts.append(
            _("agreed by %(organisations)s")
            % {"organisations": of_organisations(len(entry.carried_by), len(entry.asked))}
        )
    else:
        parts.append(str(EntryKind(entry.kind).label))
    if dissents:
        parts.append(of_dissents(dissents))
    return ", ".join(parts)

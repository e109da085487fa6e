"""What the glossary's rows must say to each other, checked by `manage.py verify_record`."""

from collections.abc import Iterator

from django.db.models import Prefetch

from glossary.frozen import frozen_hash
from glossary.models import ConsensusEntry, Position, Round, Seat, Wording
from glossary.queries import tally_of
from glossary.states import RoundState
from glossary.text.normalise import wording_hash
from record.canonical import instant
from record.verify import Ledger, register

__all__ = ["check_entries", "check_rounds", "check_wordings"]

# What a stored tally holds, by the number of its row's form. A field that is added to the tally comes with a new
# number, so that outcomes of before are compared with what was stored then.
TALLY_FORMS: dict[int, tuple[str, ...]] = {
    1: (
        "result", "seats", "spoke", "silent", "consents", "reservations", "stand_asides", "objections", "taken_back",
        "carried", "deemed_consents", "deemed_abstentions", "reserves", "standing_objections", "reasons",
    ),
}  # fmt: skip


@register
def check_rounds(ledger: Ledger) -> Iterator[str]:
    """An announced round is as it was announced, and its outcome is what its answers add up to."""
    seats = Seat.objects.select_related(
        "organisation", "carried_from__seat__round", "carried_from__seat__organisation"
    )
    rounds = Round.objects.public().select_related(
        "term", "group", "wording", "definition", "follows", "outcome"
    )
    read: set[str] = set()
    for round in rounds.prefetch_related(Prefetch("seats", seats)).order_by("pk"):
        read.add(round.key)
        yield from (f"round {round.key}: {problem}" for problem in _problems(round, ledger))
    # A round whose term, group or wording is gone, or that forgot its announcement, is not among those read.
    for key in sorted(ledger.keys("round", "announce_round") - read):
        yield f"round {key}: was announced, but cannot be read with its term, group and wording"


def _problems(round: Round, ledger: Ledger) -> list[str]:
    """What is wrong with one round; damage that breaks a computation is a finding about this round, not a crash."""
    try:
        return [*_announced(round, ledger), *_ended(round, ledger), *_positions(round)]
    except (TypeError, ValueError, KeyError, AttributeError, LookupError) as error:
        return [f"cannot be computed ({type(error).__name__}: {error})"]


def _announced(round: Round, ledger: Ledger) -> Iterator[str]:
    acts = ledger.about("round", round.key, "announce_round")
    if len(acts) != 1 or round.announced_at is None:
        yield f"the record tells of {len(acts)} announcements"
        return
    announcement = acts[0]
    if announcement["facts"].get("frozen") != frozen_hash(round, list(round.seats.all())):
        yield "question, wording, rules, basis, beginning or seats are not those announced"
    if (announcement["time"], announcement["actor"]) != (instant(round.announced_at), round.announced_by_key):
        yield "was announced at another time or by somebody else"
    moves = ledger.about("round", round.key, "move_end")
    end = moves[-1]["facts"].get("after") if moves else announcement["facts"].get("closes")
    if end != instant(round.closes_at):
        yield "its end is not the recorded one"


def _ended(round: Round, ledger: Ledger) -> Iterator[str]:
    outcome = getattr(round, "outcome", None)
    cancelled = bool(ledger.about("round", round.key, "cancel_round"))
    if cancelled != (round.state == RoundState.CANCELLED):
        yield "is cancelled without a record, or recorded as cancelled and is not"
    if (outcome is not None) != (round.state == RoundState.CLOSED):
        yield "is closed without an outcome, or has an outcome and is not closed"
    if outcome is None:
        return
    if outcome.closed_at != round.closed_at:
        yield "was closed at another time than its outcome says"
    computed = tally_of(round)
    wanted = computed.as_json()
    if outcome.format not in TALLY_FORMS:
        yield f"its outcome has the unknown format {outcome.format}"
        return
    form = TALLY_FORMS[outcome.format]
    if outcome.tally != {name: wanted[name] for name in form} or outcome.result not in {computed.result, ""}:
        yield "its outcome is not what its answers add up to"


def _positions(round: Round) -> Iterator[str]:
    positions = Position.objects.filter(seat__round=round).order_by("seat_id", "number")
    expected: dict[int, int] = {}
    for position in positions:
        expected[position.seat_id] = expected.get(position.seat_id, 0) + 1
        if position.number != expected[position.seat_id]:
            yield f"its answers are not numbered one after the other (id {position.pk})"
        if position.wording_id != round.wording_id:
            yield f"an answer is about another wording (id {position.pk})"
        if not round.opens_at <= position.taken_at < round.closes_at:
            yield f"an answer was not taken while it was open (id {position.pk})"


@register
def check_wordings(ledger: Ledger) -> Iterator[str]:
    """The published hash of a wording is that of its text and scope."""
    for wording in Wording.objects.filter(redacted_at=None).only("key", "text", "scope", "text_hash"):
        try:
            fits = wording.text_hash == wording_hash(wording.text or "", wording.scope or "")
        except ValueError:
            fits = False
        if not fits:
            yield f"wording {wording.key}: its text does not fit its hash"


@register
def check_entries(ledger: Ledger) -> Iterator[str]:
    """Numbers per term are 1..n, and no entry is valid before its predecessor."""
    before: ConsensusEntry | None = None
    for entry in ConsensusEntry.objects.select_related("term").order_by("term_id", "number"):
        first = before is None or before.term_id != entry.term_id
        if entry.number != (1 if first or before is None else before.number + 1):
            yield f"entry {entry.record_key()}: a number is missing before it"
        if not first and before is not None and entry.valid_from < before.valid_from:
            yield f"entry {entry.record_key()}: is valid before its predecessor"
        before = entry

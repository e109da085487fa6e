"""The state in the tables against the record: what the acts add up to is what is stored.

Rows that may change (a definition's state and pointer, a term's words) are computed again from the acts about them.
Acts of before a fact was recorded prove nothing about it and are passed over.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from glossary.models import Definition, Explanation, Term
from glossary.named import labels_hash
from glossary.states import DefinitionState
from record.canonical import sha256_hex
from record.verify import REDACT, Ledger, redaction_problems, register

__all__ = ["check_definitions", "check_explanations", "check_terms"]

Body = dict[str, Any]
PUTS_A_WORDING = frozenset({"propose_definition", "start_joint_draft", "revise_definition"})
MOVES = frozenset({"withdraw_definition", "set_aside_definition", "return_definition"})


@register
def check_definitions(ledger: Ledger) -> Iterator[str]:
    """State, current wording, revisions and origin of every definition are those recorded."""
    put = _wordings_put(ledger)
    related = ("wording", "organisation", "term", "merged_into")
    rows = Definition.objects.select_related(*related).prefetch_related("revisions__wording")
    seen: set[str] = set()
    for row in rows.order_by("pk"):
        seen.add(row.key)
        acts = put.get(row.key, [])
        problems = _definition(row, acts, ledger) if acts else ["was never put forward on record"]
        yield from (f"definition {row.key}: {problem}" for problem in problems)
    for key in sorted(put.keys() - seen):
        yield f"definition {key}: was put forward, but is not there"


def _wordings_put(ledger: Ledger) -> dict[str, list[Body]]:
    """The acts that gave each definition a wording, oldest first."""
    found: dict[str, list[Body]] = defaultdict(list)
    for (kind, _key), bodies in ledger.named.items():
        for body in bodies if kind == "wording" else ():
            if body["act"] in PUTS_A_WORDING:
                found[str(body["facts"].get("definition"))].append(body)
    return {key: sorted(bodies, key=lambda body: int(body["seq"])) for key, bodies in found.items()}


def _definition(row: Definition, put: list[Body], ledger: Ledger) -> Iterator[str]:
    recorded = [body["object"] for body in put]
    if row.wording.key != recorded[-1]:
        yield f"its current wording is {row.wording.key}, recorded is {recorded[-1]}"
    if [x.wording.key for x in row.revisions.all()] != recorded:
        yield "its revisions are not those recorded"
    if row.wording.term_id != row.term_id:
        yield "belongs to another term than its wording"
    by = (put[0]["actor"], put[0]["organisation"])
    if by != (row.actor_key, row.organisation.key if row.organisation else None):
        yield "was put forward by somebody else"
    moves = [body for body in ledger.about("definition", row.key) if body["act"] in MOVES]
    state = moves[-1]["facts"].get("after") if moves else DefinitionState.PROPOSED
    if row.state != state:
        yield f"is {row.state}, recorded is {state}"
    merged = row.merged_into.key if row.merged_into else None
    if moves and "merged_into" in moves[-1]["facts"] and moves[-1]["facts"]["merged_into"] != merged:
        yield "was merged into another one than recorded"


@register
def check_terms(ledger: Ledger) -> Iterator[str]:
    """Words, address, working group and retirement of every term are those recorded."""
    rows = Term.objects.select_related("steward").prefetch_related("labels").order_by("pk")
    seen: set[str] = set()
    for row in rows:
        seen.add(row.key)
        yield from (f"term {row.key}: {problem}" for problem in _term(row, ledger.about("term", row.key)))
    for key in sorted(ledger.keys("term", "create_term") - seen):
        yield f"term {key}: was created, but is not there"


def _term(row: Term, acts: list[Body]) -> Iterator[str]:
    if not any(body["act"] == "create_term" for body in acts):
        yield "was never created on record"
    labels = _newest(acts, "labels")
    if labels is not None and labels != labels_hash(row.labels.all()):
        words = ", ".join(f"{x.text} ({x.language}, {x.status}, {x.type})" for x in row.labels.all())
        yield f"its words are not those recorded; in the table: {words}"
    slug = _newest(acts, "slug")
    if slug is not None and slug != sha256_hex(row.slug.encode()):
        yield "its address is not the recorded one"
    stewards = [b["facts"].get(name) for b in acts for name in ("steward", "after") if name in b["facts"]]
    if stewards and stewards[-1] != (row.steward.key if row.steward else None):
        yield "its working group is not the recorded one"
    if (row.retired_on is not None) != any(body["act"] == "retire_term" for body in acts):
        yield "is retired without a record, or recorded as retired and is not"


def _newest(acts: list[Body], fact: str) -> Any:
    """What the newest act that tells this fact says; None without one."""
    return next((body["facts"][fact] for body in reversed(acts) if fact in body["facts"]), None)


@register
def check_explanations(ledger: Ledger) -> Iterator[str]:
    """Every version of every explanation is the one that was written, or was redacted on record."""
    written: dict[str, Body] = {}
    for key in ledger.keys("term", "write_explanation"):
        for body in ledger.about("term", key, "write_explanation"):
            written[f"{key}.{body['facts'].get('language')}.{body['facts'].get('number')}"] = body
    seen: set[str] = set()
    for row in Explanation.objects.select_related("term").order_by("pk"):
        name = row.record_key()
        seen.add(name)
        problems = _explanation(row, written.get(name), ledger)
        yield from (f"explanation {name}: {problem}" for problem in problems)
    for name in sorted(written.keys() - seen):
        yield f"explanation {name}: was written, but is not there"


def _explanation(row: Explanation, act: Body | None, ledger: Ledger) -> Iterator[str]:
    if act is None:
        yield "was never written on record"
        return
    redactions = ledger.about("explanation", row.record_key(), REDACT)
    yield from redaction_problems(row.redacted_at, redactions)
    if redactions:
        if row.salt is not None or redactions[-1]["facts"].get("rest") != row.compute_rest():
            yield "what was kept of it does not fit the record of its redaction"
        return
    facts = act["facts"]
    if "digest" in facts:
        fits = row.salt is not None and row.compute_digest() == facts["digest"]
    else:
        fits = sha256_hex(row.text.encode()) == facts.get("text")
    if not fits:
        yield "is not as it was written"

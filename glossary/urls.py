"""Routes below /glossar/. The first segments here are reserved: no term may have them as its address."""

from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_safe

from glossary.views import (
    answer,
    compare,
    definition,
    entry,
    history,
    index,
    moving,
    planning,
    propose,
    publish,
    rounds,
    steering,
    support,
    term,
)


class KeyConverter:
    """A public key: 8 characters of Crockford's base 32. Anything else is no address of ours."""

    regex = "[0-9a-hjkmnp-tv-z]{8}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(KeyConverter, "key")

app_name = "glossary"
urlpatterns: list[URLPattern] = [
    path("", require_safe(index.index), name="index"),
    path("runden/", require_safe(rounds.rounds), name="rounds"),
    path("runden/<key:key>/", require_safe(rounds.round_page), name="round"),
    path("runden/<key:key>/antworten/", answer.answer, name="round_answer"),
    path("runden/<key:key>/antworten/zuruecknehmen/", answer.take_back, name="round_take_back"),
    path(
        "runden/<key:key>/antworten/entwurf-loeschen/",
        answer.discard_answer_draft,
        name="round_discard_draft",
    ),
    path(
        "runden/<key:key>/beleg/<str:organisation>/<int:number>/",
        require_safe(answer.receipt),
        name="round_receipt",
    ),
    path("runden/<key:key>/einberufen/", steering.announce, name="round_announce"),
    path("runden/<key:key>/aendern/", planning.change, name="round_change"),
    path("runden/<key:key>/ende-verschieben/", steering.move, name="round_move"),
    path("runden/<key:key>/absagen/", steering.cancel, name="round_cancel"),
    path("runden/<key:key>/schliessen/", steering.close, name="round_close"),
    path("runden/<key:key>/ergebnis/", steering.statement, name="round_statement"),
    path("runden/<key:key>/veroeffentlichen/", publish.publish, name="round_publish"),
    path("<slug:slug>/", require_safe(term.term), name="term"),
    path("<slug:slug>/verlauf/", require_safe(history.history), name="history"),
    path("<slug:slug>/vergleich/", require_safe(compare.compare), name="compare"),
    path("<slug:slug>/v<int:number>/", require_safe(entry.entry), name="entry"),
    path("<slug:slug>/v<int:number>/mittragen/", support.support, name="entry_support"),
    path("<slug:slug>/vorschlagen/", propose.propose, name="propose"),
    path("<slug:slug>/entwurf/<int:pk>/loeschen/", propose.discard, name="discard_draft"),
    path("<slug:slug>/gemeinsamer-entwurf/", propose.joint_draft, name="joint_draft"),
    path("<slug:slug>/runde-planen/", planning.plan, name="round_plan"),
    path("<slug:slug>/definitionen/<key:key>/", require_safe(definition.definition), name="definition"),
    path("<slug:slug>/definitionen/<key:key>/ueberarbeiten/", moving.revise, name="definition_revise"),
    path("<slug:slug>/definitionen/<key:key>/angaben/", moving.edit, name="definition_edit"),
    path("<slug:slug>/definitionen/<key:key>/zurueckziehen/", moving.withdraw, name="definition_withdraw"),
    path("<slug:slug>/definitionen/<key:key>/zurueckstellen/", moving.set_aside, name="definition_set_aside"),
    path("<slug:slug>/definitionen/<key:key>/zurueckholen/", moving.bring_back, name="definition_return"),
]

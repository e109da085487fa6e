"""Routes below /glossar/. The first segments here are reserved: no term may have them as its address."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from glossary.views import (
    answer,
    compare,
    definition,
    entry,
    history,
    index,
    moving,
    propose,
    publish,
    rounds,
    steering,
    support,
    term,
)

app_name = "glossary"
urlpatterns: list[URLPattern] = [
    path("", require_safe(index.index), name="index"),
    path("runden/", require_safe(rounds.rounds), name="rounds"),
    path("runden/<str:key>/", require_safe(rounds.round_page), name="round"),
    path("runden/<str:key>/antworten/", answer.answer, name="round_answer"),
    path("runden/<str:key>/antworten/zuruecknehmen/", answer.take_back, name="round_take_back"),
    path(
        "runden/<str:key>/antworten/entwurf-loeschen/",
        answer.discard_answer_draft,
        name="round_discard_draft",
    ),
    path(
        "runden/<str:key>/beleg/<str:organisation>/<int:number>/",
        require_safe(answer.receipt),
        name="round_receipt",
    ),
    path("runden/<str:key>/einberufen/", steering.announce, name="round_announce"),
    path("runden/<str:key>/ende-verschieben/", steering.move, name="round_move"),
    path("runden/<str:key>/absagen/", steering.cancel, name="round_cancel"),
    path("runden/<str:key>/schliessen/", steering.close, name="round_close"),
    path("runden/<str:key>/ergebnis/", steering.statement, name="round_statement"),
    path("runden/<str:key>/veroeffentlichen/", publish.publish, name="round_publish"),
    path("<slug:slug>/", require_safe(term.term), name="term"),
    path("<slug:slug>/verlauf/", require_safe(history.history), name="history"),
    path("<slug:slug>/vergleich/", require_safe(compare.compare), name="compare"),
    path("<slug:slug>/v<int:number>/", require_safe(entry.entry), name="entry"),
    path("<slug:slug>/v<int:number>/mittragen/", support.support, name="entry_support"),
    path("<slug:slug>/vorschlagen/", propose.propose, name="propose"),
    path("<slug:slug>/entwurf/<int:pk>/loeschen/", propose.discard, name="discard_draft"),
    path("<slug:slug>/gemeinsamer-entwurf/", propose.joint_draft, name="joint_draft"),
    path("<slug:slug>/runde-planen/", steering.plan, name="round_plan"),
    path("<slug:slug>/definitionen/<str:key>/", require_safe(definition.definition), name="definition"),
    path("<slug:slug>/definitionen/<str:key>/ueberarbeiten/", moving.revise, name="definition_revise"),
    path("<slug:slug>/definitionen/<str:key>/angaben/", moving.edit, name="definition_edit"),
    path("<slug:slug>/definitionen/<str:key>/zurueckziehen/", moving.withdraw, name="definition_withdraw"),
    path("<slug:slug>/definitionen/<str:key>/zurueckstellen/", moving.set_aside, name="definition_set_aside"),
    path("<slug:slug>/definitionen/<str:key>/zurueckholen/", moving.bring_back, name="definition_return"),
]

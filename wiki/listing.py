"""Lists of the knowledge base: filters that stay in the address, count, order, pages. Constant number of queries."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.models import Organisation
from wiki.models import (
    FieldOfAction,
    GuidePage,
    KnowledgeIndexPage,
    KnowledgePage,
    LinkCollectionPage,
    MeetingPage,
    PracticePage,
    TargetGroup,
    TopicPage,
)
from wiki.models.vocabulary import Vocabulary
from wiki.states import Format, PracticeState, TopicState

PER_PAGE = 20
ORDER = "sortierung"
Option = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One choice of the form: name in the address, label, options in use, and how it narrows the list."""

    name: str
    label: Any
    options: Sequence[Option]
    lookup: str
    chosen: str = ""

    @property
    def chosen_label(self) -> str:
        """What the reader chose, in words."""
        return dict(self.options).get(self.chosen, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Everything the template of a list needs."""

    page_obj: Slice[Any]
    filters: Sequence[Filter]
    chips: Sequence[Mapping[str, str]]
    count_line: str
    orders: Sequence[Option]
    order: str
    clear_url: str

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chips)


@dataclass(frozen=True, slots=True)
class Everything:
    """What stands below the index, before anything narrows it: filters offer what occurs in it."""

    entries: "QuerySet[Any]"
    contributors: Set[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What differs between the lists of the five kinds."""

    model: type[KnowledgePage]
    count: Callable[[int], str]
    filters: Callable[[Everything], list[Filter]]
    orders: Mapping[str, tuple[Any, Sequence[Any]]]
    fields: Sequence[str] = ()
    prefetch: Sequence[str] = ()


def listing(index: KnowledgeIndexPage, query: Mapping[str, str]) -> Listing:
    """The list below `index` as the address asks for it. Unknown filters and values are left out, not refused."""
    kind = KINDS[type(index).__name__]
    orders = kind.orders
    order = query.get(ORDER, "") if query.get(ORDER, "") in orders else next(iter(orders))
    entries: Any = kind.model.objects.visible_to_all().current().child_of(index).order_by(*orders[order][1])
    # One pass over the table tells how many there are, which ones a page shows, and whose they are.
    rows = list(entries.values_list("pk", "contributor_id"))
    everything = Everything(entries, {contributor for _pk, contributor in rows})
    filters = [_chosen(choice, query.get(choice.name, "")) for choice in kind.filters(everything)]
    keys = [pk for pk, _contributor in rows]
    if narrowing := {choice.lookup: choice.chosen for choice in filters if choice.chosen}:
        keys = list(entries.filter(**narrowing).values_list("pk", flat=True))
    page = Paginator(keys, PER_PAGE).get_page(query.get("page"))
    page.object_list = _shown(kind, list(page.object_list))
    return Listing(
        page_obj=page,
        filters=filters,
        chips=_chips(filters, order if order != next(iter(orders)) else ""),
        count_line=kind.count(page.paginator.count),
        orders=[(value, label) for value, (label, _fields) in orders.items()],
        order=order,
        clear_url=index.get_url() or "/",
    )


def _shown(kind: Kind, keys: Sequence[int]) -> list[Any]:
    """The entries of one page, in its order, with what their rows show."""
    entries: Any = kind.model.objects.for_lists(*kind.fields).prefetch_related(*kind.prefetch)
    found = entries.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _chosen(choice: Filter, value: str) -> Filter:
    known = value if value in dict(choice.options) else ""
    return Filter(
        name=choice.name, label=choice.label, options=choice.options, lookup=choice.lookup, chosen=known
    )


def _chips(filters: Sequence[Filter], order: str) -> list[dict[str, str]]:
    active = {choice.name: choice.chosen for choice in filters if choice.chosen}
    if order:
        active[ORDER] = order
    chips = []
    for choice in filters:
        if choice.chosen:
            rest = {name: value for name, value in active.items() if name != choice.name}
            chips.append(
                {
                    "label": f"{choice.label}: {choice.chosen_label}",
                    "remove_url": f"?{urlencode(rest)}" if rest else "?",
                }
            )
    return chips


def _words(name: str, label: Any, lookup: str, words: "QuerySet[Any]") -> Filter:
    return Filter(
        name=name, label=label, lookup=lookup, options=[(word.slug, word.display_name) for word in words]
    )


def _used(vocabulary: type[Vocabulary], everything: Everything, relation: str) -> "QuerySet[Any]":
    """The words at least one entry of the list has: each is looked for until it is found."""
    using = everything.entries.filter(**{relation: OuterRef("pk")})
    return vocabulary.objects.filter(Exists(using))  # type: ignore[attr-defined]


def _fields_of_action(everything: Everything) -> Filter:
    words = _used(FieldOfAction, everything, "fields_of_action")
    return _words("feld", _("Field of action"), "fields_of_action__slug", words)


def _contributors(everything: Everything) -> Filter:
    found = Organisation.objects.filter(pk__in=everything.contributors)
    options = list(found.values_list("slug", "name"))
    return Filter(name="von", label=_("Contributed by"), lookup="contributor__slug", options=options)


def _choices(name: str, label: Any, lookup: str, choices: Any) -> Filter:
    return Filter(
        name=name, label=label, lookup=lookup, options=[(value, str(text)) for value, text in choices.choices]
    )


def _practice_filters(everything: Everything) -> list[Filter]:
    groups = _used(TargetGroup, everything, "target_groups")
    return [
        _fields_of_action(everything),
        _words("zielgruppe", _("For whom"), "target_groups__slug", groups),
        _choices("stand", _("State"), "state", PracticeState),
        _choices("format", _("Format"), "format", Format),
    ]


NEWEST = (F("first_published_at").desc(nulls_last=True), "-pk")
CHECKED = (F("checked_on").desc(nulls_last=True), "-pk")
TITLE = ("title", "pk")
Orders = Mapping[str, tuple[Any, Sequence[Any]]]
USUAL: Orders = {
    "neu": (_("Newest first"), NEWEST),
    "geprueft": (_("Last checked first"), CHECKED),
    "titel": (_("Title"), TITLE),
}
MEETINGS: Orders = {
    "neu": (_("Latest first"), ("-starts_at", "pk")),
    "alt": (_("Earliest first"), ("starts_at", "pk")),
}
TOPICS: Orders = {
    "neu": (_("Newest first"), (F("added_on").desc(nulls_last=True), "-pk")),
    "titel": (_("Title"), TITLE),
}

KINDS: dict[str, Kind] = {
    "GuideIndexPage": Kind(
        model=GuidePage,
        count=lambda n: ngettext("%(n)s guide", "%(n)s guides", n) % {"n": n},
        filters=lambda everything: [_fields_of_action(everything), _contributors(everything)],
        orders=USUAL,
    ),
    "PracticeIndexPage": Kind(
        model=PracticePage,
        count=lambda n: ngettext("%(n)s practice", "%(n)s practices", n) % {"n": n},
        filters=_practice_filters,
        orders=USUAL,
        fields=("state", "place"),
        prefetch=("target_groups",),
    ),
    "LinkIndexPage": Kind(
        model=LinkCollectionPage,
        count=lambda n: ngettext("%(n)s link collection", "%(n)s link collections", n) % {"n": n},
        filters=lambda everything: [_fields_of_action(everything), _contributors(everything)],
        orders=USUAL,
        prefetch=("links",),
    ),
    "TopicIndexPage": Kind(
        model=TopicPage,
        count=lambda n: ngettext("%(n)s topic", "%(n)s topics", n) % {"n": n},
        filters=lambda everything: [
            _choices("stand", _("State"), "state", TopicState),
            _contributors(everything),
        ],
        orders=TOPICS,
        fields=("state", "added_on"),
    ),
    "MeetingIndexPage": Kind(
        model=MeetingPage,
        count=lambda n: ngettext("%(n)s meeting", "%(n)s meetings", n) % {"n": n},
        filters=lambda _everything: [_choices("format", _("Format"), "format", Format)],
        orders=MEETINGS,
        fields=("starts_at", "ends_at", "format"),
    ),
}

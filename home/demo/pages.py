"""Demo pages of the knowledge base and the plain pages, made and published as an editor would."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.files.images import ImageFile

from glossary.models import Term
from home.actions import fill_page
from home.demo.clock import History
from home.demo.people import Cast
from home.demo.reading import FOLDER, as_day, as_instant, read
from home.models import ContentPage, HomePage
from wiki.actions.bodies import body_from
from wiki.actions.pages import create_page, relate_pages
from wiki.actions.vocabularies import add_picture, ensure_word
from wiki.models import (
    AgendaItem,
    Announcement,
    FieldOfAction,
    GuidePage,
    KnowledgePage,
    Link,
    LinkCollectionPage,
    MeetingPage,
    Picture,
    PracticePage,
    SharedLink,
    TargetGroup,
    TopicPage,
)

PRACTICE_TEXTS = (
    "commission", "commission_evidence", "format", "period", "provider", "approach", "staff", "cost", "funding",
    "results", "results_how", "stumbling_blocks", "open_points", "transfer", "licence",
)  # fmt: skip
NOON = 12


class PagesDemo:
    """Plans the pages of the demo files on a history: a page appears on the day its file says."""

    def __init__(self, *, cast: Cast, today: date, history: History) -> None:
        self.cast = cast
        self.today = today
        self.history = history
        self.editor = cast.users["dora"]
        self.pictures: dict[str, Picture] = {}
        self.pages: dict[str, KnowledgePage] = {}

    def plan(self) -> None:
        """Put everything on the history; plain pages and pictures exist from the beginning."""
        self._pictures()
        self._plain_pages()
        self._each("guides", "guide", self._guide)
        self._each("practices", "practice", self._practice)
        self._each("links", "collection", self._collection)
        self._each("topics", "topic", self._topic, when="added")
        self._each("meetings", "meeting", self._meeting)

    def relate(self) -> None:
        """Name what to read on with; these pages may have come later."""
        for name, kind in (("guides", "guide"), ("practices", "practice")):
            for row in read(name)[kind]:
                found = [self.pages[slug] for slug in row.get("related", []) if slug in self.pages]
                if found and row["slug"] in self.pages:
                    page = KnowledgePage.objects.get(pk=self.pages[row["slug"]].pk).specific
                    relate_pages(page=page, by=self.editor, to=found)

    def _each(
        self, name: str, kind: str, make: Callable[[dict[str, Any]], None], when: str = "published"
    ) -> None:
        for row in read(name)[kind]:
            instant = as_instant({"hour": NOON, **row[when]}, self.today)
            self.history.at(instant, partial(make, row))

    def _pictures(self) -> None:
        for row in read("pictures")["picture"]:
            with (FOLDER / "pictures" / row["file"]).open("rb") as file:
                self.pictures[row["slug"]] = add_picture(
                    by=self.editor,
                    title=row["title"],
                    description=row["alt"],
                    file=ImageFile(file, name=row["file"]),
                    licence="CC BY 4.0",
                )

    # Plain pages

    def _plain_pages(self) -> None:
        data = read("pages")
        home = HomePage.objects.get()
        fill_page(
            page=home,
            by=self.editor,
            heading=data["home"]["de"]["heading"],
            intro=data["home"]["de"]["intro"],
            heading_en=data["home"]["en"]["heading"],
            intro_en=data["home"]["en"]["intro"],
        )
        english = {row["key"]: row for row in data["page"] if row["language"] == "en"}
        for row in data["page"]:
            if row["language"] == "de":
                self._plain_page(row, english.get(row.get("twin", "")))

    def _plain_page(self, row: dict[str, Any], english: dict[str, Any] | None) -> None:
        fields: dict[str, Any] = {
            "title": row["title"],
            "gist": row["gist"],
            "body": json.dumps(self._body(row["body"])),
        }
        if english is not None:
            fields |= {
                "title_en": english["title"],
                "gist_en": english["gist"],
                "body_en": json.dumps(self._body(english["body"])),
            }
        fill_page(page=ContentPage.objects.get(slug=row["slug"]), by=self.editor, **fields)

    def _body(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return body_from(blocks, pictures=self.pictures)

    # Knowledge base

    def _common(self, row: dict[str, Any]) -> dict[str, Any]:
        """Fields every page of the knowledge base has."""
        picture = row.get("picture")
        days = {
            name: as_day(row[name], self.today)
            for name in ("checked_on", "review_on", "valid_until")
            if row.get(name)
        }
        return {
            "title": row["title"],
            "slug": row["slug"],
            "contributor": self.cast.organisations[row["contributor"]],
            "language": row["language"],
            "picture": self.pictures[picture] if picture else None,
            **days,
        }

    def _publish(
        self,
        page: KnowledgePage,
        row: dict[str, Any],
        *,
        fields: Sequence[str] = (),
        body: Sequence[Any] = (),
    ) -> None:
        self.pages[row["slug"]] = create_page(
            page=page,
            by=self.editor,
            body=body,
            fields_of_action=[ensure_word(kind=FieldOfAction, name=name, by=self.editor) for name in fields],
            tags=row.get("tags", []),
            terms=Term.objects.filter(slug__in=row.get("terms", [])),
        )

    def _guide(self, row: dict[str, Any]) -> None:
        page = GuidePage(gist=row["gist"], **self._common(row))
        self._publish(page, row, fields=row["topics"], body=self._body(row["body"]))

    def _practice(self, row: dict[str, Any]) -> None:
        page = PracticePage(
            gist=row["summary"],
            place=row["place"],
            official_key=row.get("official_key", ""),
            state=row["state"],
            contact=row["contact"],
            partners="\n".join(row.get("partners", [])),
            **{name: row.get(name, "").strip() for name in PRACTICE_TEXTS},
            **self._common(row),
        )
        page.target_groups = [
            ensure_word(kind=TargetGroup, name=name, by=self.editor) for name in row["target_groups"]
        ]
        self._publish(page, row, fields=[row["field_of_action"]] if row.get("field_of_action") else [])

    def _collection(self, row: dict[str, Any]) -> None:
        page: Any = LinkCollectionPage(gist=row["gist"], **self._common(row))
        page.links = [
            Link(
                title=link["title"],
                url=link["url"],
                kind=link["kind"],
                context=link["context"],
                contributor=self.cast.organisations[link["contributor"]],
                provider=link["provider"],
                cost=link["cost"],
                account_needed=link["account_needed"],
                language=link["language"],
                last_reachable=as_day(link["last_reachable"], self.today),
                sort_order=number,
            )
            for number, link in enumerate(row["link"])
        ]
        body = self._body([{"type": "text", "html": row["intro"]}])
        self._publish(page, row, fields=row["topics"], body=body)

    def _topic(self, row: dict[str, Any]) -> None:
        page = TopicPage(
            gist=row["question"],
            why=row["why"],
            standing=row["standing"],
            state=row["state"],
            added_on=as_day(row["added"], self.today),
            **self._common(row),
        )
        self._publish(page, row)

    def _meeting(self, row: dict[str, Any]) -> None:
        starts = as_instant(row["starts"], self.today)
        page: Any = MeetingPage(
            gist=row["gist"],
            starts_at=starts,
            ends_at=starts + timedelta(minutes=row["minutes"]),
            format=row["format"],
            place=row["place"],
            group=self.cast.groups[row["group"]],
            **self._common({"contributor": "stadt", **row}),
        )
        page.agenda = [
            AgendaItem(
                title=item["title"],
                result=item["result"].strip(),
                decisions="\n".join(item["decisions"]),
                sort_order=number,
            )
            for number, item in enumerate(row.get("item", []))
        ]
        page.announcements = [
            self._announcement(item, number) for number, item in enumerate(row.get("announcement", []))
        ]
        page.shared_links = [
            SharedLink(title=link["title"], url=link["url"], context=link["context"], sort_order=number)
            for number, link in enumerate(row.get("link", []))
        ]
        page.organisations = [self.cast.organisations[key] for key in row["organisations"]]
        page.topics = [self.pages[slug] for slug in row["topics"] if slug in self.pages]
        self._publish(page, row)

    def _announcement(self, item: dict[str, Any], number: int) -> Announcement:
        organisation = self.cast.organisations[item["organisation"]] if item["organisation"] else None
        return Announcement(
            happens_on=as_day(item["date"], self.today),
            text=item["text"],
            organisation=organisation,
            sort_order=number,
        )

"""Demo discussions, replayed comment by comment."""

from datetime import date
from functools import partial
from typing import Any

from discussion.actions.comments import delete_comment, hide_comment, post_comment
from discussion.models import Comment
from glossary.models import ConsensusEntry, Round
from home.demo.clock import History
from home.demo.glossary import GlossaryDemo
from home.demo.pages import PagesDemo
from home.demo.people import Cast
from home.demo.reading import as_instant, read


class ThreadsDemo:
    """Plans the comments of threads.toml on a history."""

    def __init__(
        self, *, cast: Cast, today: date, history: History, glossary: GlossaryDemo, pages: PagesDemo
    ) -> None:
        self.cast = cast
        self.today = today
        self.history = history
        self.glossary = glossary
        self.pages = pages
        self.comments: dict[str, Comment] = {}

    def plan(self) -> None:
        """Put every comment on the history."""
        for thread in read("threads")["thread"]:
            for comment in thread["comment"]:
                instant = as_instant(comment["at"], self.today)
                self.history.at(instant, partial(self._post, thread, comment))

    def _target(self, thread: dict[str, Any]) -> Any:
        match thread["target_kind"]:
            case "definition":
                return self.glossary.definitions[thread["target"]]
            case "round":
                return Round.objects.get(pk=self.glossary.rounds[thread["target"]].pk)
            case "entry":
                slug, _slash, number = thread["target"].partition("/")
                return ConsensusEntry.objects.get(term=self.glossary.terms[slug], number=int(number))
        return self.pages.pages[thread["target"]]

    def _post(self, thread: dict[str, Any], row: dict[str, Any]) -> None:
        comment = post_comment(
            target=self._target(thread),
            by=self.cast.users[row["author"]],
            text=row["text"].strip(),
            parent=self.comments[row["reply_to"]] if row["reply_to"] else None,
        )
        self.comments[row["key"]] = comment
        if row["state"] == "hidden":
            hide_comment(comment=comment, by=self.cast.users["gesa"])
        elif row["state"] == "deleted":
            delete_comment(comment=comment, by=self.cast.users[row["author"]])

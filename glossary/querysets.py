"""QuerySets that speak the domain. Import no models; what needs several models lives in queries.py."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from glossary.states import DefinitionState, RoundKind, RoundState

if TYPE_CHECKING:
    # Used in the strings below, which the linter does not read.
    from glossary.models import Definition, Round, Term  # noqa: F401


class TermQuerySet(QuerySet["Term"]):
    """Terms."""

    def with_labels(self) -> "TermQuerySet":
        """Labels in one further query."""
        return self.prefetch_related("labels")

    def current(self) -> "TermQuerySet":
        """Terms that are not retired."""
        return self.filter(retired_on=None)


class DefinitionQuerySet(QuerySet["Definition"]):
    """Definitions."""

    def proposed(self) -> "DefinitionQuerySet":
        """Those that are on the table."""
        return self.filter(state=DefinitionState.PROPOSED)


class RoundQuerySet(QuerySet["Round"]):
    """Rounds, asked by state and clock."""

    def public(self) -> "RoundQuerySet":
        """What everybody may see: everything that has been announced, also when cancelled afterwards."""
        return self.filter(announced_at__isnull=False)

    def announced(self) -> "RoundQuerySet":
        """Announced and not yet closed or cancelled."""
        return self.filter(state=RoundState.ANNOUNCED)

    def consent(self) -> "RoundQuerySet":
        """Consent rounds."""
        return self.filter(kind=RoundKind.CONSENT)

    def open_at(self, now: datetime) -> "RoundQuerySet":
        """Those in which positions are taken at `now`: opens_at ≤ now < closes_at."""
        return self.announced().filter(opens_at__lte=now, closes_at__gt=now)

    def due_at(self, now: datetime) -> "RoundQuerySet":
        """Those whose time is over and whose outcome is not stored yet."""
        return self.announced().filter(closes_at__lte=now)

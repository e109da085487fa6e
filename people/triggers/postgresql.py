"""The triggers of people on this engine."""

from people.triggers.tables import triggers

TRIGGERS = triggers("postgresql")

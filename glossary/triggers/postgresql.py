"""The triggers of glossary on this engine."""

from glossary.triggers.tables import triggers

TRIGGERS = triggers("postgresql")

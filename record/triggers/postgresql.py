"""The record's triggers on this engine."""

from record.triggers.tables import triggers

TRIGGERS = triggers("postgresql")

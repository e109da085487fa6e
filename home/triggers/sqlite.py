"""The generation's triggers on this engine."""

from home.triggers.bump import triggers

TRIGGERS = triggers("sqlite")

"""Triggers that raise the generation whenever a public table changes."""

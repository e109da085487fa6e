"""Wagtail's admin for people and organisations: every change goes through an action."""

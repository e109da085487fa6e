"""Addresses of terms: made from the German preferred label (record/slug.py), unique for ever."""

# Every first segment routed under /glossar/ that is not a term; a test compares this list with the routes.
RESERVED = frozenset({"runden"})

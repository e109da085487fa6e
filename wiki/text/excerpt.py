"""Shortens texts at a word or, better, at the end of a sentence."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?…“])\s")


def shortened(text: str, length: int) -> str:
    """At most `length` characters: whole sentences if at least half of it is filled that way, else whole words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    head = text[: length + 1]
    ends = [match.start() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] >= length // 2:
        return f"{head[: ends[-1]]} …"
    return f"{head[:length].rsplit(' ', 1)[0].rstrip(',;:')} …"

"""What a page says, before it is rendered."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

# Goes up with every change of what is rendered, so that stored texts expire.
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class TextSource:
    """The language of a text, and its named parts of source HTML in the order of the page."""

    language: str
    parts: tuple[tuple[str, str], ...]

    def digest(self, state: str) -> str:
        """Under which the result is kept. `state` is the state of the labels."""
        content = json.dumps([VERSION, state, self.language, self.parts], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

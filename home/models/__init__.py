"""The site shell: home page, plain pages, and the generation the page cache hangs on."""

from home.models.generation import Generation

__all__ = ["Generation"]

"""The site shell: home page, plain pages, and the generation the page cache hangs on."""

from home.models.generation import Generation
from home.models.pages import ContentPage, HomePage

__all__ = ["ContentPage", "Generation", "HomePage"]

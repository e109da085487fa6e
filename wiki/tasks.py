"""Work that need not be waited for. Immediate in the embedded default, done by workers where there are several."""

from django_tasks import task

from wiki.actions.texts import rerender_texts


@task()
def bring_texts_up_to_date(force: bool = False) -> int:
    """Render the texts of all published pages with the current words."""
    return rerender_texts(force=force)

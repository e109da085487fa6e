"""App registration."""

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save

from people.memo import forget_all


class PeopleConfig(AppConfig):
    """Registers the app."""

    name = "people"

    def ready(self) -> None:
        """Answers kept on user objects end when a row they rest on is written."""
        for model in ("Mandate", "Facilitation", "GroupMembership", "Organisation", "User"):
            for signal in (post_save, post_delete):
                signal.connect(forget_all, sender=self.get_model(model), dispatch_uid=f"people-{model}")
        m2m_changed.connect(
            forget_all,
            sender=self.get_model("User")._meta.get_field("groups").remote_field.through,  # type: ignore[union-attr]
            dispatch_uid="people-roles",
        )

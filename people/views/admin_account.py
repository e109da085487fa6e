"""The admin's own settings page, without what would go past our actions."""

from typing import Any

from wagtail.admin.views import account

# How the admin looks and speaks. Names and languages of mails are changed under /konto/, with a row of the record;
# pictures of people are not kept at all.
PANELS = (account.NotificationsSettingsPanel, account.LocaleSettingsPanel, account.ThemeSettingsPanel)


class AdminAccountView(account.AccountView):
    """Only the panels above; the form takes nothing else either."""

    def get_panels(self) -> list[Any]:
        """Of Wagtail's panels those we keep."""
        return [panel for panel in super().get_panels() if isinstance(panel, PANELS)]

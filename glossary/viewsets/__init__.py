"""The glossary in Wagtail's admin: what is changed there is changed by the same actions as on the pages."""

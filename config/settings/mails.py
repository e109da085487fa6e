"""Turns EMAIL_URL into Django's mail settings."""

from typing import Any

import environ


def mails_from_url(url: str) -> dict[str, Any]:
    """Settings for sending. `filemail:///srv/mails` is the folder /srv/mails: the path of a URL begins with its slash.

    django-environ takes that slash away; the mails would lie in a folder below the working directory.
    """
    config: dict[str, Any] = dict(environ.Env.email_url_config(url))
    if config["EMAIL_FILE_PATH"]:
        config["EMAIL_FILE_PATH"] = "/" + config["EMAIL_FILE_PATH"].lstrip("/")
    return config

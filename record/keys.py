"""Issuing public keys: 8 random characters, unique over everything that has one."""

from django.db import IntegrityError, transaction

from record.crockford import random_key
from record.models import Key


def issue_key(*, kind: str) -> str:
    """A new key, registered for `kind` in the running transaction.

    A collision (about one in 10^12) is drawn again; the primary key of the register decides, not a look beforehand.
    """
    while True:
        value = random_key()
        try:
            with transaction.atomic():
                Key.objects.create(value=value, kind=kind)
        except IntegrityError:
            continue
        return value

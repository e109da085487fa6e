"""What the embedded engines search in: derived data, rebuilt by `manage.py rebuild_index`."""

from typing import ClassVar

from django.db import models


class SearchDocument(models.Model):
    """One document. The stems of title, lead and body stand in the engine's own index beside it."""

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, db_index=True)
    language = models.CharField(max_length=5, default="de")
    title = models.CharField(max_length=255)
    folded_title = models.CharField(max_length=300)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=255)
    status = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    updated_on = models.DateField(null=True)
    boost = models.FloatField(default=1.0)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that occurs somewhere, folded, with its stem: finds parts of compounds and beginnings."""

    word = models.CharField(max_length=80, unique=True)
    stem = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.word

"""Routes of the own area."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from home.views import mine

app_name = "home"

urlpatterns: list[URLPattern] = [
    path("mein/", require_safe(mine.mine), name="mine"),
    path("mein/uebergabe/<slug:slug>/", require_safe(mine.handover), name="handover"),
]

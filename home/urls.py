"""Routes of the own area."""

from django.urls import URLPattern, path

from home.views import mine

app_name = "home"

urlpatterns: list[URLPattern] = [
    path("mein/", mine.mine, name="mine"),
    path("mein/uebergabe/<slug:slug>/", mine.handover, name="handover"),
]

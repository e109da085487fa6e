"""Routes of the search."""

from django.urls import URLPattern, path

from search import views

app_name = "search"

urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("vorschlaege/", views.suggest, name="suggest"),
]

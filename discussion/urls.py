"""Routes. Those of django-comments and django-comments-xtd are not used: they show and change what we would not."""

from django.urls import URLPattern, path

from discussion import views

app_name = "discussion"
urlpatterns: list[URLPattern] = [
    path("beitrag/<int:pk>/antworten/", views.reply, name="reply"),
    path("beitrag/<int:pk>/bearbeiten/", views.edit, name="edit"),
    path("beitrag/<int:pk>/loeschen/", views.delete, name="delete"),
    path("beitrag/<int:pk>/verbergen/", views.hide, name="hide"),
    path("beitrag/<int:pk>/zeigen/", views.restore, name="restore"),
    path("<str:kind>/<str:object_pk>/", views.post, name="post"),
    path("<str:kind>/<str:object_pk>/kreis/", views.audience, name="audience"),
]

"""Routes: the own account, invitations, and the public pages of organisations and working groups."""

from django.urls import URLPattern, path

from people.views import account, invitation, public

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("konto/", account.account, name="account"),
    path("konto/abmelden-ueberall/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("konto/einladung/<str:token>/", invitation.invitation, name="invitation"),
    path("organisationen/", public.organisations, name="organisations"),
    path("organisationen/<slug:slug>/", public.organisation, name="organisation"),
    path("arbeitsgruppen/", public.groups, name="groups"),
    path("arbeitsgruppen/<slug:slug>/", public.group, name="group"),
]

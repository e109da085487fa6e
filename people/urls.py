"""Routes: the own account, invitations, and the public pages of organisations and working groups."""

from django.urls import URLPattern, path

from people.views import account, invitation, naming, public

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("konto/", account.account, name="account"),
    path("konto/abmelden-ueberall/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("konto/einladung/<str:token>/", invitation.invitation, name="invitation"),
    path("organisationen/", public.organisations, name="organisations"),
    path("organisationen/<slug:slug>/", public.organisation, name="organisation"),
    path("organisationen/<slug:slug>/vertretung/", naming.mandates, name="mandates"),
    path("organisationen/<slug:slug>/vertretung/benennen/", naming.propose, name="mandate_propose"),
    path("organisationen/<slug:slug>/vertretung/<str:key>/beenden/", naming.end, name="mandate_end"),
    path("organisationen/<slug:slug>/vertretung/vorschlag/<str:key>/", naming.proposal, name="proposal"),
    path("arbeitsgruppen/", public.groups, name="groups"),
    path("arbeitsgruppen/<slug:slug>/", public.group, name="group"),
    path("arbeitsgruppen/<slug:slug>/vertretungen/", naming.group_mandates, name="group_mandates"),
]

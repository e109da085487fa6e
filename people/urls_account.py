"""Sign-in and passwords: allauth's views that we use, under our words, with allauth's names.

Sign-up answers that accounts are made by invitation; e-mail management and confirmation are not routed.
"""

from allauth.account import views
from django.urls import URLPattern, path, re_path

urlpatterns: list[URLPattern] = [
    path("anmelden/", views.login, name="account_login"),
    path("anmelden/code/", views.request_login_code, name="account_request_login_code"),
    path("anmelden/code/eingeben/", views.confirm_login_code, name="account_confirm_login_code"),
    path("abmelden/", views.logout, name="account_logout"),
    path("registrieren/", views.signup, name="account_signup"),
    path("geschlossen/", views.account_inactive, name="account_inactive"),
    path("bestaetigen/", views.reauthenticate, name="account_reauthenticate"),
    path("passwort/aendern/", views.password_change, name="account_change_password"),
    path("passwort/festlegen/", views.password_set, name="account_set_password"),
    path("passwort/vergessen/", views.password_reset, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/neu/fertig/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

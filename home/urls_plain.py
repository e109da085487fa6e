"""Routes for machines, the same in every language."""

from django.urls import URLPattern, path
from wagtail.contrib.sitemaps.views import sitemap

from home.sitemaps import SITEMAPS
from home.views import health, plain

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", plain.robots, name="robots"),
    path("print-address.css", plain.print_address, name="print_address"),
    path(".well-known/security.txt", plain.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]

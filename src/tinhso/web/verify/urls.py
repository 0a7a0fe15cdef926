"""Addresses of public verification; the token's page is printed in QR codes, so it never changes."""

from django.urls import path

from tinhso.web.verify import pages

urlpatterns = [
    path("verify/", pages.check_file, name="verify-file"),
    path("verify/<str:token>", pages.without_slash),
    path("verify/<str:token>/", pages.record, name="verify"),
]

"""Addresses of what a citizen keeps."""

from django.urls import path

from tinhso.web.wallet import pages

app_name = "wallet"

urlpatterns = [
    path("", pages.show, name="home"),
    path("<uuid:kept_id>/an/", pages.hide, name="hide"),
    path("<uuid:kept_id>/hien-lai/", pages.restore, name="restore"),
]

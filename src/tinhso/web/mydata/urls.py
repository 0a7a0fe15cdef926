"""Addresses of what registers know of the citizen."""

from django.urls import path

from tinhso.web.mydata import pages

app_name = "mydata"

urlpatterns = [
    path("", pages.show, name="show"),
    path("dong-y/<uuid:consent_id>/rut/", pages.revoke, name="revoke"),
]

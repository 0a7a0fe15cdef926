"""Addresses of the process map: how dossiers really went."""

from django.urls import path

from tinhso.web.flows import pages

app_name = "flows"

urlpatterns = [
    path("", pages.home, name="home"),
    path("<str:code>/", pages.show, name="map"),
    path("<str:code>/ho-so/", pages.dossiers, name="dossiers"),
    path("<str:code>/xes/", pages.log, name="log"),
]

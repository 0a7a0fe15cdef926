"""Addresses of the operations room for everybody."""

from django.urls import path

from tinhso.web.operations import public

app_name = "operations-public"

urlpatterns = [
    path("", public.home, name="home"),
    path("so-lieu.csv", public.figures_csv, name="csv"),
]

"""Addresses of figures for everybody."""

from django.urls import path

from tinhso.web.indicators import public

app_name = "figures-public"

urlpatterns = [
    path("", public.home, name="home"),
    path("<str:indicator_id>/", public.show, name="indicator"),
    path("<str:indicator_id>/so-lieu.csv", public.figures_csv, name="csv"),
]

"""Addresses of figures at the desk."""

from django.urls import path

from tinhso.web.indicators import evidence, figure, files, home, indicator, sets

app_name = "indicators"

urlpatterns = [
    path("", home.show, name="home"),
    path("bo/", sets.home, name="index-sets"),
    path("bo/<str:set_id>/", sets.show, name="index-set"),
    path("da-cong-bo/<uuid:figure_id>/", figure.show, name="figure"),
    path("<str:indicator_id>/", indicator.show, name="indicator"),
    path("<str:indicator_id>/ho-so/", evidence.show, name="evidence"),
    path("<str:indicator_id>/so-lieu.csv", files.figures_csv, name="csv"),
]

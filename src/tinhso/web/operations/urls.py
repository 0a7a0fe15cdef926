"""Addresses of the operations room."""

from django.urls import path

from tinhso.web.operations import alert_pages, files, pages, stream_pages

app_name = "operations"

urlpatterns = [
    path("", pages.home, name="home"),
    path("truc-tiep/", stream_pages.stream, name="stream"),
    path("xep-hang/", pages.table, name="league"),
    path("can-xu-ly/", pages.attention, name="attention"),
    path("so-lieu.csv", files.figures_csv, name="csv"),
    path("canh-bao/", alert_pages.alerts, name="alerts"),
    path("canh-bao/<uuid:alert_id>/", alert_pages.acknowledge, name="acknowledge"),
    path("dang-sau/<slug:counter>/", pages.behind, name="behind"),
]

"""Addresses of reports at the desk."""

from django.urls import path

from tinhso.web.reports import home, one_stop_page, return_page, round_page

app_name = "reports"

urlpatterns = [
    path("", home.show, name="home"),
    path("mot-cua/", one_stop_page.show, name="one-stop"),
    path("mot-cua/tai/<slug:kind>/", one_stop_page.download, name="one-stop-file"),
    path("mot-cua/ho-so/", one_stop_page.dossiers, name="one-stop-dossiers"),
    path("ky/<uuid:round_id>/", round_page.show, name="round"),
    path("ky/<uuid:round_id>/tai/<slug:kind>/", round_page.download, name="round-file"),
    path("ky/<uuid:round_id>/da-ky/<int:number>/", round_page.signed, name="report-file"),
    path("ban/<uuid:return_id>/", return_page.show, name="return"),
    path("ban/<uuid:return_id>/tai/<slug:kind>/", return_page.download, name="return-file"),
    path("ban/<uuid:return_id>/da-ky/<int:number>/", return_page.signed, name="version-file"),
]

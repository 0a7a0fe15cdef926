"""Addresses of requests to put records right: of the person, and of the office."""

from django.urls import path

from tinhso.web.corrections import asking, desk, enclosing, mine

app_name = "corrections"

urlpatterns = [
    path("dinh-chinh/", mine.show, name="mine"),
    path("dinh-chinh/moi/", asking.new, name="new"),
    path("dinh-chinh/giay-to/", enclosing.upload, name="upload"),
    path("dinh-chinh/<uuid:correction_id>/", mine.one, name="one"),
    path("dinh-chinh/<uuid:correction_id>/giay-to/<uuid:paper_id>/", enclosing.paper, name="paper"),
    path("ban-lam-viec/du-lieu/dinh-chinh/", desk.show, name="list"),
    path("ban-lam-viec/du-lieu/dinh-chinh/<uuid:correction_id>/", desk.one, name="desk"),
]

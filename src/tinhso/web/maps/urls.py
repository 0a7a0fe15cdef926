"""Addresses of the maps."""

from django.urls import path

from tinhso.web.maps import pages

app_name = "maps"
urlpatterns = [
    path("", pages.combined, name="combined"),
    path("khung/", pages.features, name="features"),
    path("dia-ban/", pages.areas, name="areas"),
    path("to-in/", pages.sheet, name="sheet"),
    path("<str:register_id>/", pages.register, name="register"),
]

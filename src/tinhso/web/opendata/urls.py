"""Addresses of open data; include it under ``du-lieu/``."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tinhso.web.opendata import files, home, lists, record


class RegisterIds(StringConverter):
    """What may be the id of a register; anything else is no address."""

    regex = r"[a-z][a-z-]*\.[a-z][a-z-]*"


register_converter(RegisterIds, "register")

app_name = "opendata"
urlpatterns = [
    path("", home.home, name="home"),
    path("giay-phep/", home.licence, name="licence"),
    path("danh-muc.jsonld", files.catalogue_as, {"suffix": "jsonld"}, name="catalogue-jsonld"),
    path("danh-muc.ttl", files.catalogue_as, {"suffix": "ttl"}, name="catalogue-turtle"),
    path("tep/<register:register_id>.csv-metadata.json", files.dictionary_of, name="dictionary"),
    path("tep/<register:register_id>.<slug:suffix>", files.download, name="file"),
    path("<register:register_id>/", lists.register_page, name="register"),
    # Keys hold slashes: «06838/2026/12/KS».
    path("<register:register_id>/<path:key>/", record.record_page, name="record"),
]

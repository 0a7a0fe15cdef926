"""Addresses of the sealed ledger; include it under ``so-cai/``, which is part of the log's name for ever."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tinhso.web.ledger import files, home, proof


class LogFiles(StringConverter):
    """What may be a public file of the log (c2sp.org/tlog-tiles, and time stamps beside checkpoints)."""

    regex = (
        r"checkpoint|keys|stamped(?:\.tsr)?|checkpoints/[0-9]{1,18}(?:\.tsr)?"
        r"|tile/(?:entries|[0-9]{1,2})/(?:x[0-9]{3}/){0,5}[0-9]{3}(?:\.p/[0-9]{1,3})?"
    )


register_converter(LogFiles, "log_file")

app_name = "ledger"
urlpatterns = [
    path("", home.home, name="home"),
    path("<log_file:name>", files.show, name="file"),
    path("ho-so/<uuid:dossier_id>/", proof.download, name="proof"),
]

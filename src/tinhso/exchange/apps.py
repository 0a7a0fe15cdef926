from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Outside systems with which dossiers are exchanged."""

    name = "tinhso.exchange"
    label = "exchange"

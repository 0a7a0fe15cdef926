from django.apps import AppConfig

from tinhso.wiring import listeners


class WiringConfig(AppConfig):
    """Connects events to those who listen, once all rooms are loaded."""

    name = "tinhso.wiring"
    label = "wiring"

    def ready(self) -> None:
        listeners.connect()

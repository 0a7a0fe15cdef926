from django.apps import AppConfig

from tinhso.wiring import appointments, listeners


class WiringConfig(AppConfig):
    """Connects events to those who listen, the ground to what lies above it, once all rooms are loaded."""

    name = "tinhso.wiring"
    label = "wiring"

    def ready(self) -> None:
        listeners.connect()
        appointments.appoint()

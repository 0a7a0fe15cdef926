from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "tinhso.appointments"
    label = "appointments"

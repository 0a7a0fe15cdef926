"""What the national portal sent, and what it is told: addresses below ``cong-quoc-gia/``."""

from django.urls import path

from tinhso.web.desk.national import pages

urlpatterns = [
    path("", pages.arrivals, name="national"),
    path("gui-lai/<int:number>/", pages.resend, name="national-resend"),
    path("<uuid:envelope_id>/", pages.envelope, name="national-envelope"),
    path("<uuid:envelope_id>/lap-ho-so/", pages.settle, name="national-settle"),
    path("<uuid:envelope_id>/tu-choi/", pages.refuse, name="national-refuse"),
    path("<uuid:envelope_id>/hoi-lai/", pages.ask, name="national-ask"),
    path("<uuid:envelope_id>/da-xem/", pages.seen, name="national-seen"),
]

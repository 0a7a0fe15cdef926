"""Addresses of the hall at the desk: calling, bookings, figures, set-up."""

from django.urls import path

from tinhso.web.desk.queue import booking_pages, figure_pages, moving_pages, pages, set_up_pages

urlpatterns = [
    path("", pages.queue, name="queue"),
    path("goi/", pages.call_next, name="queue-call"),
    path("lay-so/", pages.draw_number, name="queue-draw"),
    path("quay/<uuid:counter_id>/nhan/", pages.take, name="counter-take"),
    path("quay/<uuid:counter_id>/roi/", pages.leave, name="counter-leave"),
    path("luot/<uuid:turn_id>/<slug:act>/", pages.act, name="queue-act"),
    path("nguoi-nop/<uuid:dossier_id>/", pages.holder, name="queue-holder"),
    path("lich-hen/", booking_pages.day, name="queue-bookings"),
    path("lich-hen/nguoi/<uuid:person_id>/", booking_pages.book, name="queue-book"),
    path("lich-hen/<uuid:booking_id>/doi/", moving_pages.move, name="queue-booking-move"),
    path("lich-hen/<uuid:booking_id>/huy/", booking_pages.cancel, name="queue-booking-cancel"),
    path("so-lieu/", figure_pages.figures, name="queue-figures"),
    path("so-lieu/luot/", figure_pages.turns, name="queue-turns"),
    path("thiet-lap/", set_up_pages.hall, name="hall"),
    path("thiet-lap/mo/", set_up_pages.begin, name="hall-open"),
    path("thiet-lap/khoa-moi/", set_up_pages.keys, name="hall-keys"),
    path("thiet-lap/ngay-nghi/", set_up_pages.close, name="hall-close"),
    path("thiet-lap/ngay-nghi/bo/", set_up_pages.reopen, name="hall-reopen"),
    path("thiet-lap/nhom-viec/", set_up_pages.service, name="hall-service-new"),
    path("thiet-lap/nhom-viec/<uuid:service_id>/", set_up_pages.service, name="hall-service"),
    path("thiet-lap/quay/", set_up_pages.counter, name="hall-counter-new"),
    path("thiet-lap/quay/<uuid:counter_id>/", set_up_pages.counter, name="hall-counter"),
]

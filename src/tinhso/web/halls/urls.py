"""Addresses of booking, of numbers, of the kiosk and the board."""

from django.urls import path

from tinhso.web.halls import board, booked, booking, kiosk, numbers, waits

app_name = "halls"
urlpatterns = [
    path("dat-lich/", booking.offices, name="book"),
    path("dat-lich/<uuid:agency_id>/", booking.services, name="book-service"),
    path("dat-lich/viec/<uuid:service_id>/", booking.slots, name="book-slot"),
    path("lich-hen/", booked.mine, name="bookings"),
    path("lich-hen/<uuid:booking_id>/", booked.show, name="booking"),
    path("lich-hen/<uuid:booking_id>/doi/", booked.move, name="booking-move"),
    path("lich-hen/<uuid:booking_id>/huy/", booked.cancel, name="booking-cancel"),
    path("lich-hen/<uuid:booking_id>/lich.ics", booked.calendar_file, name="booking-ics"),
    path("thoi-gian-cho/", waits.waits, name="waits"),
    path("so-thu-tu/<str:token>/", numbers.follow, name="number"),
    path("so-thu-tu/<str:token>/bo/", numbers.leave, name="number-leave"),
    path("lay-so/<str:kiosk_key>/", kiosk.kiosk, name="kiosk"),
    path("lay-so/<str:kiosk_key>/so/", kiosk.draw, name="kiosk-draw"),
    path("lay-so/<str:kiosk_key>/lich-hen/", kiosk.arrive, name="kiosk-arrive"),
    path("lay-so/<str:kiosk_key>/phieu/<str:token>/", kiosk.slip, name="kiosk-slip"),
    path("bang-goi-so/<str:board_key>/", board.board, name="board"),
]

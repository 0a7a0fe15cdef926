"""Tables of halls, bookings and queues."""

from tinhso.appointments.models.bookings import Booking, Slot
from tinhso.appointments.models.halls import Closure, Counter, Hall, Service
from tinhso.appointments.models.tickets import Ticket, Turn

__all__ = ["Booking", "Closure", "Counter", "Hall", "Service", "Slot", "Ticket", "Turn"]

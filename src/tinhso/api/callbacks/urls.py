"""Where outside systems call us back; include it under ``api/callbacks/``."""

from django.urls import path

from tinhso.api.callbacks.bank import bank_callback
from tinhso.api.callbacks.national_portal import national_portal
from tinhso.api.callbacks.platform import platform_callback, platform_lookup

urlpatterns = [
    path("bank", bank_callback, name="bank-callback"),
    path("national-portal", national_portal, name="national-portal"),
    path("platform", platform_callback, name="platform-callback"),
    path("platform/lookup", platform_lookup, name="platform-lookup"),
]

"""Where outside systems call us back; include it under ``api/callbacks/``."""

from django.urls import path

from tinhso.api.callbacks.bank import bank_callback

urlpatterns = [path("bank", bank_callback, name="bank-callback")]

"""Addresses of the daily comparison and of receipts at the desk."""

from django.urls import path

from tinhso.web.desk.books import pages, receipts

urlpatterns = [
    path("", pages.days, name="books"),
    path("nhap/", pages.take_in, name="books-take-in"),
    path("chenh-lech/<uuid:difference_id>/", pages.difference, name="books-difference"),
    path("bien-lai/<uuid:receipt_id>/", receipts.receipt, name="books-receipt"),
    path("khoan-thu/<uuid:bill_id>/", receipts.of_bill, name="books-bill"),
    path("<str:day>/", pages.day, name="books-day"),
    path("<str:day>/tinh/", pages.count, name="books-count"),
    path("<str:day>/csv/", pages.as_csv, name="books-csv"),
    path("<str:day>/pdf/", pages.as_pdf, name="books-pdf"),
]

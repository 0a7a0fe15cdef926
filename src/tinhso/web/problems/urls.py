"""Addresses of the problem types; ``type`` in an answer of the API is the address of its page."""

from django.urls import path

from tinhso.web.problems import pages

app_name = "problems"
urlpatterns = [
    path("problems/", pages.index, name="index"),
    path("problems/<slug:code>", pages.problem, name="problem"),
]

"""Addresses of the pages that explain."""

from django.urls import path

from tinhso.web.portal import explaining

urlpatterns = [
    path("huong-dan/", explaining.guide, name="help"),
    path("quyen-cua-ban/", explaining.rights, name="rights"),
    path("tro-nang/", explaining.accessibility, name="accessibility"),
]

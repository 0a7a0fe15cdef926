"""The address of what-if."""

from django.urls import path

from tinhso.web.whatif import pages

app_name = "whatif"

urlpatterns = [path("", pages.show, name="home")]

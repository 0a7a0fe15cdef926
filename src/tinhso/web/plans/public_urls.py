"""Addresses of plans for everybody."""

from django.urls import path

from tinhso.web.plans import files, public

app_name = "plans-public"

urlpatterns = [
    path("", public.home, name="home"),
    path("<slug:plan_id>/", public.plan, name="plan"),
    path("<slug:plan_id>/chi-tieu.csv", files.public_csv, name="targets-csv"),
    path("<slug:plan_id>/chi-tieu/<slug:target_id>/", public.target, name="target"),
]

"""Addresses of plans at the desk."""

from django.urls import path

from tinhso.web.plans import desk, files, target_page, task_page

app_name = "plans"

urlpatterns = [
    path("", desk.home, name="home"),
    path("can-cu/<uuid:proof_id>/", files.proof, name="proof"),
    path("<slug:plan_id>/", desk.plan, name="plan"),
    path("<slug:plan_id>/nhiem-vu/", desk.tasks, name="tasks"),
    path("<slug:plan_id>/lich-su/", desk.history, name="history"),
    path("<slug:plan_id>/chi-tieu.csv", files.targets_csv, name="targets-csv"),
    path("<slug:plan_id>/nhiem-vu.csv", files.tasks_csv, name="tasks-csv"),
    path("<slug:plan_id>/chi-tieu/<slug:target_id>/", target_page.show, name="target"),
    path("<slug:plan_id>/nhiem-vu/<slug:task_id>/", task_page.show, name="task"),
]

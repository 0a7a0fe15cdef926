"""Addresses of signing in and out. Nobody signs up here, and no password is reset by mail."""

from django.urls import path

from tinhso.web.sign_in import officers, views

urlpatterns = [
    path("dang-nhap/", views.choose, name="sign_in"),
    path("dang-nhap/can-bo/", officers.password, name="account_login"),
    path("dang-nhap/can-bo/ma-xac-thuc/", officers.code, name="mfa_authenticate"),
    path("dang-nhap/can-bo/dat-ma-xac-thuc/", officers.set_up_code, name="mfa_activate_totp"),
    path("dang-nhap/da-khoa/", officers.closed, name="account_inactive"),
    path("dang-nhap/<slug:provider_id>/", views.citizen, name="openid_connect_login"),
    path("dang-nhap/<slug:provider_id>/xac-nhan/", views.callback, name="openid_connect_callback"),
    path("dang-xuat/", views.leave, name="account_logout"),
    path("thay-mat/", views.act_for, name="act_for"),
]

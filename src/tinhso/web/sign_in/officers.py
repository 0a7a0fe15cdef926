"""Officers' doors: password, one-time code, and setting the code up."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import AccountInactiveView, LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.edge import session


class PasswordDoor(LoginView):
    """User name and password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        words = {
            "login": _("Hãy nhập tên đăng nhập."),
            "password": _("Hãy nhập mật khẩu."),
        }
        return _ours(context) | {"errors": problems(context["form"], words)}


class CodeDoor(AuthenticateView):
    """The one-time code after the password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return _ours(context) | {
            "errors": problems(context["form"], {"code": _("Hãy nhập mã gồm 6 chữ số.")})
        }


@method_decorator([never_cache, login_required], name="dispatch")
class CodeSetUp(ActivateTOTPView):
    """First sign-in, or after an operator took the old code away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only officers have codes; one who has given theirs is done here."""
        user: Any = request.user
        if user.kind != "officer" or session.has_second_factor(request, user):
            return redirect("/")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        errors = problems(context["form"], {"code": _("Hãy nhập mã gồm 6 chữ số.")})
        return context | {"secret": groups, "errors": errors}

    def form_valid(self, form: Any) -> HttpResponse:
        """Setting the code up proved that the officer holds it: the session has its second factor."""
        user: Any = self.request.user
        response: HttpResponse = super().form_valid(form)
        self.request.session.cycle_key()
        record_authentication(self.request, user, method="mfa", type="totp")
        return response

    def get_success_url(self) -> str:
        return "/"


class ClosedDoor(AccountInactiveView):
    """The account is closed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return _ours(super().get_context_data(**kwargs))


def _ours(context: dict[str, Any]) -> dict[str, Any]:
    """Leave out allauth's ``site``, which would hide the province's own."""
    return {name: value for name, value in context.items() if name != "site"}


def problems(form: forms.Form, empty: dict[str, str]) -> list[dict[str, str]]:
    """Return the errors as the error summary takes them; ``empty`` says what to do for a missing field."""
    found = []
    for name, entries in form.errors.as_data().items():
        for entry in entries:
            sentence = empty[name] if entry.code == "required" else " ".join(entry.messages)
            found.append({"field_name": "" if name == "__all__" else f"id_{name}", "sentence": sentence})
    return found


password = PasswordDoor.as_view()
code = CodeDoor.as_view()
set_up_code = CodeSetUp.as_view()
closed = ClosedDoor.as_view()

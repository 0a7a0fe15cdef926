"""Our answers to what allauth asks while somebody signs in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.edge import session
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.people import actions, claims
from tinhso.people.models import Account
from tinhso.people.types import system
from tinhso.web import navigation

SIGN_IN = system("sign-in")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by operators and identity providers, never by visitors."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại; "
            "sai 5 lần sẽ phải chờ 15 phút."
        ),
        "too_many_login_attempts": gettext_lazy("Đã thử quá nhiều lần. Hãy chờ vài phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_safe_url(self, url: str) -> bool:
        """Say whether one may be sent there after signing in: nowhere but here."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where one lands: officers at their desk, citizens at home."""
        user: Any = request.user
        desk = navigation.address("desk:inbox") if user.is_authenticated and user.kind == "officer" else ""
        return desk or settings.LOGIN_REDIRECT_URL

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        """Begin the session; a citizen's level comes with the identity, an officer's from two factors."""
        login = (hooks.get("signal_kwargs") or {}).get("sociallogin")
        identity = getattr(login, "identity", None)
        level = identity.assurance if identity else session.OFFICER_ASSURANCE
        session.begin(request, at=clock.now(), assurance=level, id_token=getattr(login, "id_token", ""))
        response: HttpResponse = super().post_login(request, user, **hooks)
        if user.kind == "officer" and not session.has_second_factor(request, user):
            return redirect("mfa_activate_totp")
        return response

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing: the page one lands on shows the name."""


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Identity providers: read their claims, and let ``people`` decide."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """
        Turn proved claims into a person and an account.

        :raises ImmediateHttpResponse: with a page that says what is wrong and what to do
        """
        expected = sociallogin.state.get("nonce") or ""
        said = str(sociallogin.claims.get("nonce", ""))
        if not expected or not constant_time_compare(said, expected):
            raise ImmediateHttpResponse(
                trouble(request, _("Phiên đăng nhập đã cũ. Hãy đăng nhập lại từ đầu."))
            )
        try:
            claim_map = claims.load_claim_map(settings.TINHSO.packs, sociallogin.account.provider)
            identity = claims.read_claims(claim_map, sociallogin.claims, subject=sociallogin.account.uid)
            received = actions.receive_identity(actor=SIGN_IN, at=clock.now(), identity=identity)
        except Refusal as refusal:
            raise ImmediateHttpResponse(trouble(request, refusal.sentence())) from refusal
        sociallogin.user = Account.objects.get(pk=received.account_id)
        sociallogin.identity = identity

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002
        error: Any = None,
        exception: Exception | None = None,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> None:
        """Answer every failure between us and the provider with one page that lets the person try again."""
        if error == "cancelled":
            sentence = _("Bạn đã dừng đăng nhập. Chưa có thông tin nào được chuyển sang đây.")
        else:
            sentence = _(
                "Chưa nhận được xác nhận từ hệ thống định danh. Hãy thử lại sau ít phút; "
                "nếu vẫn không được, hãy gọi 1022."
            )
        raise ImmediateHttpResponse(trouble(request, sentence, status=401 if error == "cancelled" else 502))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False


def trouble(request: HttpRequest, sentence: str, *, status: int = 403) -> HttpResponse:
    """Return the page of a sign-in that did not come about."""
    return render(request, "socialaccount/trouble.html", {"sentence": sentence}, status=status)

"""How the account behind a session is found, at every request."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from tinhso.kernel import clock
from tinhso.people.models import Account
from tinhso.people.queries import account_with_powers


class SignInBackend(AuthenticationBackend):
    """allauth's, which asks for an account and its powers in one question that is put together once."""

    def get_user(self, user_id: UUID | str) -> Account | None:
        """Return the account of a session while it is open."""
        known = user_id if isinstance(user_id, UUID) else UUID(user_id)
        account = account_with_powers(known, at=clock.now())
        return account if account is not None and self.user_can_authenticate(account) else None

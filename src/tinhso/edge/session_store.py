"""Where sessions lie: Django's table, asked in one question that is put together once."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from tinhso.kernel import clock
from tinhso.kernel.prepared import Prepared


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.first(session_key=self.session_key, at=clock.now())
        if found is None:
            self._session_key = None
        return found


def _session(session_key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=at)


_SESSION = Prepared(_session)

"""E-mail by SMTP, with an eye on what is known when it fails."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tinhso.notices.sending import NotSent, Rejected, Unknown

_FINAL = 500


def send_mail(*, to: str, subject: str, body: str, key: str) -> None:
    """
    Hand one message to the SMTP server.

    Until the server has been given the text, a failure surely sent nothing; what breaks after that may have
    been taken. The message id is made of the key, so that a mailbox can tell a second copy.

    :raises NotSent: try again
    :raises Rejected: the server refuses for good
    :raises Unknown: the connection broke while the text was handed over
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent(_said(problem)) from problem
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[to],
        headers={"Message-ID": f"<{key}@{settings.MAIL_DOMAIN}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as problem:
        code = max(code for code, _text in problem.recipients.values())
        raise (Rejected if code >= _FINAL else NotSent)(_said(problem)) from problem
    except smtplib.SMTPResponseException as problem:
        raise (Rejected if problem.smtp_code >= _FINAL else NotSent)(_said(problem)) from problem
    except ValueError as problem:
        # The address or subject cannot be written as a header; nothing was handed over.
        raise Rejected(_said(problem)) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Unknown(_said(problem)) from problem
    finally:
        _close(connection)


def _close(connection: object) -> None:
    close = getattr(connection, "close", None)
    if close:
        close()


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:200]

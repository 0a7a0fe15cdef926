"""Officers' one-time codes: their secrets are sealed in the database, and only an operator takes one away."""

import base64
import os
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_NONCE_BYTES = 12


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth asks us about second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã xác thực không đúng hoặc đã dùng rồi. Hãy chờ mã mới hiện ra rồi nhập lại."),
        "cannot_delete_authenticator": _("Cán bộ phải luôn dùng mã xác thực. Đổi máy thì nhờ quản trị."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database: AES-256-GCM, key derived from the installation's secret key."""
        nonce = os.urandom(_NONCE_BYTES)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what :meth:`encrypt` sealed. :raises cryptography.exceptions.InvalidTag: the key changed"""
        sealed = base64.b64decode(encrypted_text)
        return AESGCM(_key()).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:  # noqa: ARG002  (allauth asks about one)
        return False

    def _get_site_name(self) -> str:
        return "Tỉnh Số"


def _key() -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tinhso second factor")
    return derivation.derive(settings.SECRET_KEY.encode())

"""How people sign in: citizens by OIDC, officers by password and one-time code."""

from datetime import timedelta
from typing import Any

from tinhso.settings.env import STAND_IN_SECRET, env

if env.mode == "production" and env.identity_client_secret.get_secret_value() == STAND_IN_SECRET:
    raise RuntimeError(
        "TINHSO_IDENTITY_CLIENT_SECRET is not set. Set it as agreed with the identity provider."
    )

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "tinhso.people.sign_in_backend.SignInBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username"]}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

# An officer's day, a citizen's evening: (idle, whole).
SIGN_IN_LIMITS = {
    "citizen": (timedelta(minutes=30), timedelta(hours=12)),
    "officer": (timedelta(minutes=60), timedelta(hours=10)),
}
SESSION_ENGINE = "tinhso.edge.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Lax, not Strict: the identity provider sends the citizen back by a cross-site redirect.
SESSION_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "tinhso.web.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = env.base_url.split("://", 1)[0]

# Behind the lock-out of django-axes, and for one-time codes, which it does not count.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/5m/key"}

MFA_ADAPTER = "tinhso.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "Tỉnh Số"
MFA_TRUST_ENABLED = False
# A code is set up right after the password was given, and never taken away by oneself.
MFA_REAUTHENTICATION_REQUIRED = False

SOCIALACCOUNT_ADAPTER = "tinhso.web.sign_in.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env.identity_provider,
                "name": env.identity_provider,
                "client_id": env.identity_client_id,
                "secret": env.identity_client_secret.get_secret_value(),
                "settings": {"server_url": env.identity_url, "scope": ["openid", "profile"]},
            }
        ],
    }
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# By name and address together: nobody locks an officer out from afar.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "tinhso.web.sign_in.lockout.username_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# One-time codes and rate limits must be shared by every web process, so they lie in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Django's 300 are thrown away by the order of keys: a flood of tries would push out used codes.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

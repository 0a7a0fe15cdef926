"""Django's settings, derived from the typed environment."""

from datetime import timedelta
from pathlib import Path

from tinhso.settings import logs
from tinhso.settings.database import connection_settings
from tinhso.settings.env import env
from tinhso.settings.messages import compiled
from tinhso.settings.secrets import (
    bank_secret,
    national_portal_secrets,
    platform_keys,
    population_token,
    secret_key,
)
from tinhso.settings.sign_in import *  # noqa: F403

PACKAGE = Path(__file__).resolve().parents[1]

TINHSO = env  # the typed environment, for rooms that read django.conf.settings
SECRET_KEY = secret_key(env)
BANK_SECRETS = {env.bank_id: bank_secret(env).encode()}  # by the BIN under which a bank signs
PLATFORM_KEYS = tuple(key.encode() for key in platform_keys(env))
NATIONAL_PORTAL_SECRETS = national_portal_secrets(env)
POPULATION_TOKEN = population_token(env)
DEBUG = False
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = [env.base_url]

INSTALLED_APPS = [
    "tinhso.kernel",
    "tinhso.territory",
    "tinhso.calendars",
    "tinhso.definitions",
    "tinhso.people",
    "tinhso.forms",
    "tinhso.papers",
    "tinhso.payments",
    "tinhso.notices",
    "tinhso.registers",
    "tinhso.dossiers",
    "tinhso.surveys",
    "tinhso.facts",
    "tinhso.indicators",
    "tinhso.outreach",
    "tinhso.bookkeeping",
    "tinhso.exchange",
    "tinhso.designs",
    "tinhso.plans",
    "tinhso.reports",
    "tinhso.operations",
    "tinhso.appointments",
    "tinhso.api",
    "tinhso.web",
    "tinhso.wiring.apps.WiringConfig",
    "procrastinate.contrib.django",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "tinhso.web.middleware.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tinhso.web.middleware.compress.CompressTexts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tinhso.web.middleware.csp.ContentSecurityPolicy",
    "tinhso.web.middleware.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tinhso.web.middleware.actor.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tinhso.web.middleware.refusals.RefusalPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tinhso.web.urls"
WSGI_APPLICATION = "tinhso.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "web"],
        "OPTIONS": {
            "loaders": [
                (
                    "tinhso.web.steady.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tinhso.web.context.look",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "tinhso.web.templatetags.look",
                "tinhso.web.templatetags.fields",
            ],
        },
    }
]

COTTON_DIR = "components"  # src/tinhso/web/components/<name>/index.html
COTTON_ISOLATE_BY_DEFAULT = True

DATABASES = {"default": connection_settings(env)}
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [compiled(env.var)]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = env.var / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.var / "media"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.base_url.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSP_FORM_TARGETS = [url for url in (env.identity_url, env.platform_url) if url]
CSRF_FAILURE_VIEW = "tinhso.web.errors.forged"
AXES_LOCKOUT_CALLABLE = "tinhso.web.errors.too_many"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "tinhso.edge.uploads.CappedFile",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

FILE_STORE = env.var / "files"
FILE_KEY_RING = env.var / "keys" / "files.json"
LEDGER_KEYS = env.var / "keys" / "ledger.json"
FACT_FILES = env.var / "facts"
LEDGER_PUBLIC = env.var / "ledger"
IDEMPOTENCY_KEPT_FOR = timedelta(hours=env.idempotency_hours)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

EMAIL_HOST, EMAIL_PORT = env.smtp_host, env.smtp_port
EMAIL_HOST_USER = env.smtp_user
EMAIL_HOST_PASSWORD = env.smtp_password.get_secret_value() if env.smtp_password else ""
EMAIL_USE_TLS = env.smtp_starttls
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.mail_from
MAIL_DOMAIN = env.mail_from.rpartition("@")[2]

LOGGING = logs.LOGGING

# A proxy of ours says how the person came to it; without one the header is anybody's word.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.proxies else None

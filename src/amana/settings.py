"""One settings file. SQLite under AMANA_HOME unless DATABASE_URL says PostgreSQL.

Read from the environment: AMANA_HOME (default `var`), DATABASE_URL, AMANA_HOSTS (comma-separated names this
office answers to), AMANA_PLAIN_HTTP=1 (the demonstration office on 127.0.0.1: cookies without https),
AMANA_ANCHORS (a folder outside AMANA_HOME where anchors of the trail are kept), AMANA_BEHIND_PROXY=1 (a proxy
of the office's own ends https), for single sign-on AMANA_OIDC_URL, _CLIENT, _SECRET and _NAME, and for
reminders by mail AMANA_MAIL_HOST, _PORT (default 587), _USER, _PASSWORD, _FROM and AMANA_ADDRESS (where this
office is reached, as https://amana.example).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.functional import SimpleLazyObject

from amana.apps.accounts.single_settings import single_sign_on
from amana.apps.audit.keys import key

HOME = Path(os.environ.get("AMANA_HOME") or "var").resolve()
PACKAGE = Path(__file__).resolve().parent

# Read, or made, when first used: a command on files alone leaves no office behind.
SECRET_KEY = SimpleLazyObject(lambda: key(HOME, "secret"))
AUDIT_KEY = SimpleLazyObject(lambda: bytes.fromhex(key(HOME, "audit")))
DEBUG = False
ALLOWED_HOSTS = (os.environ.get("AMANA_HOSTS") or "127.0.0.1,localhost,[::1]").split(",")
ANCHORS = Path(place).resolve() if (place := os.environ.get("AMANA_ANCHORS")) else None
PLAIN_HTTP = os.environ.get("AMANA_PLAIN_HTTP") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "amana.apps.audit",
    "amana.apps.accounts",
    "amana.apps.jobs",
    "amana.apps.exports",
    "amana.apps.registry",
    "amana.apps.allegations",
    "amana.apps.consents",
    "amana.apps.representatives",
    "amana.apps.record_requests",
    "amana.apps.attachments",
    "amana.apps.contacts",
    "amana.apps.guards",
    "amana.apps.retention",
    "amana.apps.decisions",
    "amana.apps.determinations",
    "amana.apps.placements",
    "amana.apps.oversight",
    "amana.apps.tasks",
    "amana.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "amana.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amana.web.middleware.ViewerAndTrail",
    "amana.web.middleware.Language",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "amana.web.urls"
WSGI_APPLICATION = "amana.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    }
]


def _database(sqlite_name: str) -> dict[str, Any]:
    """One connection: PostgreSQL where DATABASE_URL says so, else a durable SQLite file under AMANA_HOME."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / sqlite_name}"
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if config["ENGINE"].endswith("sqlite3"):
        # Django's default, deferred transactions, end in lock errors as soon as two write at once.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            # 64 MiB of pages in memory: with SQLite's own 2 MiB a long list writes the same pages many times.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            "timeout": 30,
        }
    else:
        # The same few dozen queries follow every change: planned once a connection, not once a write.
        config["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2}
    return config


DATABASES = {"default": _database("amana.sqlite3"), "operations": _database("operations.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["operations"]["NAME"] = str(Path(DATABASES["default"]["NAME"]).with_name("operations.sqlite3"))
else:
    DATABASES["operations"]["TEST"] = {"MIRROR": "default"}
DATABASE_ROUTERS = ["amana.apps.audit.databases.OperationsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["amana.apps.accounts.backend.EmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "session:sign-in"

# Of the library we use factors and single sign-on; its own pages, mails and sign-up have no address here.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "amana.apps.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Amana"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
SOCIALACCOUNT_ADAPTER = "amana.apps.accounts.single.SingleAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": single_sign_on(os.environ)}}

# The frame ends a session after 15 idle minutes, or 12 hours in all, and renews it at most once a minute.
SESSION_ENGINE = "amana.apps.accounts.session_store"
SESSION_COOKIE_AGE = 16 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "amana_session" if PLAIN_HTTP else "__Host-amana_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "amana_csrf" if PLAIN_HTTP else "__Host-amana_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "amana.web.refusals.forbidden"
LANGUAGE_COOKIE_NAME = "amana_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Only where a proxy of the office's own ends https and says so itself: it must replace what callers send.
BEHIND_PROXY = os.environ.get("AMANA_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Reminders go out by mail only where a server is named; they hold counts and a link, nobody's name.
EMAIL_HOST = os.environ.get("AMANA_MAIL_HOST") or ""
EMAIL_PORT = int(os.environ.get("AMANA_MAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("AMANA_MAIL_USER") or ""
EMAIL_HOST_PASSWORD = os.environ.get("AMANA_MAIL_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
MAIL_REMINDERS = bool(EMAIL_HOST)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_REMINDERS else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("AMANA_MAIL_FROM") or "amana@localhost"
OFFICE_ADDRESS = (os.environ.get("AMANA_ADDRESS") or "").rstrip("/")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
# Served from the installed package itself; nothing is collected.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STAGED = HOME / "staged"
PAPERS = HOME / "attachments"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "amana.apps.audit.logs.QuietFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "amana": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

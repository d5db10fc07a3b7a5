"""Django's settings, one file. What an operator may change is typed in ``base.environment``."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from kendedes.base.environment import Environment

ENV = Environment()
HOME = ENV.home
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key()
HTTPS = ENV.origin.startswith("https://")
ALLOWED_HOSTS = [h.strip() for h in ENV.hosts.split(",") if h.strip()]
if ENV.origin:
    ALLOWED_HOSTS.append(urlsplit(ENV.origin).hostname or "")
CSRF_TRUSTED_ORIGINS = [ENV.origin] if ENV.origin else []

INSTALLED_APPS = [
    "kendedes.ui",
    "kendedes.journal",
    "kendedes.network",
    "kendedes.products",
    "kendedes.ovop",
    "kendedes.ledger",
    "kendedes.gallery",
    "kendedes.consignment",
    "kendedes.sales",
    "kendedes.settlement",
    "kendedes.events",
    "kendedes.orders",
    "kendedes.wholesale",
    "kendedes.catalogue",
    "kendedes.stories",
    "kendedes.visits",
    "kendedes.web",
    "kendedes.api",
    "kendedes.demo",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kendedes.ui.middleware.headers",
    "kendedes.web.middleware.follow",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kendedes.network.middleware.standing",
    "kendedes.network.middleware.presence",
    "django_htmx.middleware.HtmxMiddleware",
    "kendedes.ui.middleware.refusals",
]

ROOT_URLCONF = "kendedes.urls"
WSGI_APPLICATION = "kendedes.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kendedes.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "kendedes.ui.forms.Renderer"

# --- database -----------------------------------------------------------------------------------


def _database() -> dict[str, object]:
    if not ENV.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "kendedes.sqlite3",
            "OPTIONS": {
                # Read-then-write under the default mode fails as soon as two people write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a sale acknowledged is on the disk. recursive_triggers: otherwise INSERT OR
                # REPLACE slips past the append-only triggers.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA recursive_triggers=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-16000"
                ),
            },
        }
    url = urlsplit(ENV.database_url)
    if url.scheme not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c statement_timeout=15000 -c lock_timeout=3000"},
    }


DATABASES = {"default": {**_database(), "CONN_MAX_AGE": 600, "ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all worker processes, so that rate limits count once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "singgahan",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "journal.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "kendedes.network.accounts.passwords.LocalWords"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/kantor/"
LOGOUT_REDIRECT_URL = "/"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}  # links travel by WhatsApp
SILENCED_SYSTEM_CHECKS = ["mail.E001"]  # no mail is sent, on purpose
REQUIRE_MFA = ENV.require_mfa
IDLE = timedelta(minutes=ENV.idle_minutes)
LIMITS_FOLDER = HOME / "singgahan" / "laju"
ACCOUNT_ADAPTER = "kendedes.network.accounts.adapter.AccountAdapter"
# "login_failed" brakes codes of the second factor; passwords have their own brake (network.accounts.guessing).
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "5/300s/key"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # until the session is over: idle time and hours decide
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kendedes"
MFA_TOTP_TOLERANCE = 1  # phones' clocks are off by a little
MFA_ADAPTER = "kendedes.network.accounts.adapter.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- pages --------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = ENV.time_zone
APPEND_SLASH = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "buatan" / "static"
STATICFILES_DIRS = [HOME / "buatan" / "fonts"]
for _folder in (STATIC_ROOT, *STATICFILES_DIRS):
    _folder.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "media", "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": "kendedes.ui.static.Storage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_PERMISSIONS = 0o640

# --- headers ------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "media-src": [CSP.SELF, "blob:"],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = int(timedelta(hours=ENV.session_hours).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    SECURE_SSL_REDIRECT = not ENV.proxy
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sesi"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
else:
    SESSION_COOKIE_NAME = "sesi"
    CSRF_COOKIE_NAME = "csrf"
if ENV.proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

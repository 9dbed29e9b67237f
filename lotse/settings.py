"""Django's settings; every value that an operator may choose comes from env.py."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from lotse import env

BASE = Path(__file__).parent
SECRET_KEY = env.SECRET
DEBUG = env.DEBUG
_host = (urlsplit(env.ORIGIN).hostname or "localhost").removesuffix(".")
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [env.ORIGIN]
ROOT_URLCONF = "lotse.urls"
ASGI_APPLICATION = "lotse.asgi.application"

INSTALLED_APPS = [
    "lotse.core",
    "lotse.jobs",
    "lotse.stream",
    "lotse.accounts",
    "lotse.keys",
    "lotse.centres",
    "lotse.conversations",
    "lotse.desk",
    "lotse.ask",
    "lotse.office",
    "lotse.operate",
    "lotse.demo",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "lotse.core.headers.ClientPageHeaders",
    "lotse.core.api_errors.ApiErrors",
    "lotse.core.origin.SameOriginOnly",
    "lotse.accounts.known_devices.KnownDevices",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lotse.core.writable.WritableOnly",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lotse.accounts.middleware.Visitors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lotse.core.page.page",
            ]
        },
    }
]

# Under ASGI Django gives each request a thread of its own: a connection that the thread kept
# would never be used again, and soon the database would take no more.
DATABASES = {"default": dj_database_url.parse(env.DATABASE, conn_max_age=0)}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # A deferred transaction that turns to writing late fails at once instead of waiting.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        # A checkpoint syncs the whole file: rather after 128 MiB than after four.
        "PRAGMA wal_autocheckpoint=32768; "
        # What is deleted is overwritten; Debian's SQLite does so unasked, others do not.
        "PRAGMA secure_delete=ON;",
    }
else:
    _given = DATABASES["default"].get("OPTIONS", {})
    # A host that hangs or vanishes would hold what it has locked for hours. Joined, as an address
    # may bring options of its own; a later one wins.
    _locks = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    DATABASES["default"]["OPTIONS"] = {
        # The views' connections; the threads of the live routes keep five of their own
        # (core/plain.py). Five processes, and a sixth while they are replaced, leave a few of
        # PostgreSQL's usual hundred to commands and backups.
        "pool": {
            "min_size": 1,
            "max_size": 10,
            # Who waits longer, in seconds, or where more wait, is told to come again.
            "timeout": 5,
            "max_waiting": 100,
            # Or while PostgreSQL is away it would be tried ever more rarely, in the end minutes
            # apart.
            "reconnect_timeout": 5,
        },
        # Who asks a PostgreSQL that has vanished would wait as long for an answer.
        "connect_timeout": 5,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        **_given,
        "options": f"{_locks} {_given.get('options', '')}",
    }
    # Asks before it gives one: a restart of PostgreSQL costs views time, not errors.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
# What arrives is already Argon2id output of the browser (docs/keys.md): no rules for its form.
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "/desk/"

_https = env.ORIGIN.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if _https else "device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "lotse.accounts.session_store"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("ar", "العربية"), ("ru", "Русский")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "/static/"
STATIC_ROOT = env.DATA / "static"
ASSETS = BASE / "assets"
STATICFILES_DIRS = [("lotse", ASSETS)] if ASSETS.is_dir() else []
MEDIA_ROOT = env.DATA / "media"
MEDIA_URL = "/media/"
BLOBS = env.DATA / "blobs"
REDIS = env.REDIS
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024

OPERATOR = env.OPERATOR
OPERATOR_ADDRESS = env.OPERATOR_ADDRESS
OPERATOR_CONTACT = env.OPERATOR_CONTACT
DATA_PROTECTION_CONTACT = env.DATA_PROTECTION_CONTACT
QUICK_EXIT = env.QUICK_EXIT

WAGTAIL_SITE_NAME = "Lotse"
WAGTAILADMIN_BASE_URL = env.ORIGIN
WAGTAILADMIN_LOGIN_URL = "/desk/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES[:2]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILIMAGES_IMAGE_MODEL = "wagtailimages.Image"

LOGGING_CONFIG = "lotse.core.logs.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "lotse.core.logs.Text"},
        "json": {"()": "lotse.core.logs.Json"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "text" if env.LOG == "text" else "json",
        }
    },
    # What libraries tell beyond warnings may hold titles, names and addresses.
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"lotse": {"level": "INFO"}, "uvicorn.error": {"level": "INFO"}},
}

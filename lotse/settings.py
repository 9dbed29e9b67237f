"""Django's settings. Every value that an operator can choose comes from env.py."""

from pathlib import Path
from urllib.parse import urlsplit

from lotse import env
from lotse.databases import aliases

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

DATABASES = aliases(env.DATABASE)
DATABASE_ROUTERS = ["lotse.core.database.ByThread"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
# The browser sends only a key that it derives with Argon2id (docs/keys.md).
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
    # Below warnings, libraries may log titles, names and addresses.
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"lotse": {"level": "INFO"}, "uvicorn.error": {"level": "INFO"}},
}

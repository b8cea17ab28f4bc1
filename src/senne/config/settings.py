"""Settings: everything from the environment, safe where it is silent (see docs/decisions/0003)."""

from __future__ import annotations

import os

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from senne.config import environment as env

django_stubs_ext.monkeypatch()

LOCAL = env.flag("SENNE_LOCAL")
DEBUG = LOCAL and env.flag("SENNE_DEBUG")
STORE = env.store_folder()
SECRET_KEY = env.secret_key(STORE)
PUBLIC_URL = env.public_url(LOCAL)
ALLOWED_HOSTS = env.allowed_hosts(PUBLIC_URL, LOCAL)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TLS = PUBLIC_URL.startswith("https://")
PROXIES = env.number("SENNE_PROXIES", 0)

INSTALLED_APPS = [
    "senne.core",
    "senne.core.mailing",
    "senne.core.duties",
    "senne.core.talk",
    "senne.core.privacy",
    "senne.indicators",
    "senne.plan",
    "senne.site",
    "senne.site.editorial",
    "senne.workspace",
    "senne.opendata",
    "senne.reports",
    "senne.demo",
    "senne.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "senne.opendata.cors.CorsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "senne.core.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "senne.core.middleware.NulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "senne.core.middleware.ActorMiddleware",
    "senne.core.uploads.UploadLimitMiddleware",
    "senne.core.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "senne.config.urls"
WSGI_APPLICATION = "senne.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "senne.core.context.common",
            ],
            "builtins": ["senne.core.templatetags.senne"],
        },
    }
]

# ---- Stores -------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{STORE / 'senne.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that will write waits for its turn instead of failing half-way (docs/decisions/0004).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PAGE_STORE = "senne.core.page_store.BoundedMemoryCache"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Per process; pages with a query string cannot push out those without (docs/decisions/0009).
    "pages": {"BACKEND": PAGE_STORE, "LOCATION": "pages", "OPTIONS": {"MAX_BYTES": 32 << 20}},
    "queries": {"BACKEND": PAGE_STORE, "LOCATION": "queries", "OPTIONS": {"MAX_BYTES": 16 << 20}},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MEDIA_ROOT = STORE / "files"
MEDIA_URL = "/media/"
STATIC_ROOT = STORE / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "senne.config.static_files.HashedFiles"},
}
WHITENOISE_MAX_AGE = 3600
UPLOAD_LIMIT = 25 * 1024 * 1024
PLACE_BOUNDS = env.bounds()
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# ---- Languages ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_SECURE = TLS
USE_I18N = True
FORMAT_MODULE_PATH = ["senne.config.formats"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# ---- Accounts -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "senne.core.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "senne.core.accounts.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SELF_REGISTRATION = env.flag("SENNE_SELF_REGISTRATION")
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {"add_email": "senne.core.accounts.ChangeEmailForm"}
MFA_ADAPTER = "senne.core.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Senne"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.openid_providers(), "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SESSION_COOKIE_AGE = 60 * 60 * 12

# ---- Mail ---------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("SENNE_MAIL_FROM", "senne@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
EMAIL_FILE_PATH = STORE / "outbox"
if os.environ.get("SENNE_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["SENNE_SMTP_HOST"]
    EMAIL_PORT = env.number("SENNE_SMTP_PORT", 587)
    EMAIL_HOST_USER = os.environ.get("SENNE_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("SENNE_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = env.flag("SENNE_SMTP_TLS", default=True)
else:
    EMAIL_BACKEND = "senne.core.mailing.transport.FolderBackend"

MAILS_A_WEEK = int(os.environ.get("SENNE_MAILS_A_WEEK", "7"))

# ---- Editorial pages (Wagtail, docs/decisions/0020) ------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Senne"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "senne.site.editorial.finishing.publish_reviewed"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# Nobody outside is told or asked anything: no avatars, no check for versions, no embedded players.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Accounts, passwords and addresses are the platform's business, not the editor's.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "senne.site.editorial.files.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "senne.site.editorial.files.DocumentForm"
TAGGIT_CASE_INSENSITIVE = True

# ---- Security -----------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = TLS and env.flag("SENNE_SSL_REDIRECT", default=True)
# A header that anybody may send is believed only where a proxy of ours overwrites it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
# Whether all other hosts below the city's domain must use TLS too is the city's decision (docs/decisions/0003): a city
# that has not taken it is not warned on each check.
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS and env.flag("SENNE_HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS and env.flag("SENNE_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *env.openid_origins()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"weasyprint.progress": {"level": "WARNING"}, "wagtail": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SENNE_LOG", "INFO")},
}
MIGRATION_MODULES: dict[str, str | None] = {}

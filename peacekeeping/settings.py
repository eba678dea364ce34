"""All settings, from the environment alone. docs/operations.md lists the variables."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from peacekeeping import environment

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(environment.text("STATE_DIR", str(BASE_DIR / "var"))).resolve()
TEMPORARY_FILES = environment.temporary_folder("TMPDIR")

# --- The web -----------------------------------------------------------------
SECRET_KEY = environment.text("SECRET_KEY")
DEBUG = environment.flag("DEBUG", default=False)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
PUBLIC_READING = environment.flag("PUBLIC_READING", default=False)  # may anonymous readers see released figures?
HTTPS = environment.flag("HTTPS", default=False)  # behind a proxy that speaks https
PROXIES = 1 if HTTPS else 0  # the last so many addresses in X-Forwarded-For were written by proxies of our own

ROOT_URLCONF = "peacekeeping.urls"
WSGI_APPLICATION = "peacekeeping.wsgi.application"
TASK_APPLICATION = "peacekeeping.celery"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "missions",
    "casualties",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "peacekeeping.compression.CompressedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "peacekeeping.language.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casualties.views.frame.frame",
            ],
        },
    }
]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casualties.views.errors.form_refused"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # the container asks itself over plain http
    SECURE_SSL_REDIRECT = True

# Scripts come from our own files only. Plotly puts an empty style element into the page: the hash of the empty string
# lets it; its own rules come from plotly.css.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Databases, cache, tasks ----------------------------------------------------
DATABASES = {"default": {**environment.database("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
BROKER_PREFIX = environment.text("BROKER_PREFIX", environment.BROKER_PREFIX)  # several instances may share one broker
CELERY_BROKER_URL, _cache = environment.redis("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _cache,
        "KEY_PREFIX": f"{BROKER_PREFIX}cache",
        "TIMEOUT": 86_400,
    }
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": BROKER_PREFIX,
    "visibility_timeout": 6 * 3600,  # above the longest task: a task is never handed out twice while it runs
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # what a task did is recorded in the database
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 3 * 3600
CELERY_TIMEZONE = "UTC"
SWEEP_SECONDS = environment.whole("SWEEP_SECONDS", 30)  # how often lost work is looked for

# --- People ----------------------------------------------------------------------
AUTH_USER_MODEL = "missions.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "missions.sign_in.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by administrators, not by their owners
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES  # attempts to sign in are counted by the reader's address, not the proxy's
MFA_TOTP_ISSUER = "Casualty statistics"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.whole("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_PASSWORD", "")
_security = environment.one_of("EMAIL_SECURITY", ("none", "starttls", "tls"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _security == "starttls", _security == "tls"
EMAIL_TIMEOUT = 20  # seconds; a server that does not answer is tried again later
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "casualty-statistics@localhost")
# Where the pages are, for links in mails: a task has no request that would say it.
SITE_ADDRESS = environment.text("SITE_ADDRESS", "http://localhost:8000").rstrip("/")

# --- Files, language, time ---------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = STATE_DIR / "uploads"  # files as they came in; never served by address
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the files, half the time to compress them
FILE_UPLOAD_HANDLERS = ["peacekeeping.uploads.GuardedUpload"]
FILE_UPLOAD_PERMISSIONS = 0o600
# The page on which columns are mapped: 400 words of each of 11 vocabularies, 500 columns that may count, own fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
LANGUAGE_CODE = "en-gb"  # of files, of the API, of what tasks write
LANGUAGES = [("en-gb", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "peacekeeping" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())

# --- The API ------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["casualties.api.access.BearerToken", "casualties.api.access.SignedIn"],
    "DEFAULT_PERMISSION_CLASSES": ["casualties.api.access.MayAsk"],
    "DEFAULT_THROTTLE_CLASSES": ["casualties.api.rates.PerMinute"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "casualties.api.formats.ByFormatOrAccept",
    "DEFAULT_RENDERER_CLASSES": ["casualties.api.formats.Json", "casualties.api.formats.Csv"],
    "DEFAULT_PARSER_CLASSES": [],  # nothing is sent to it
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "casualties.api.problems.answer_problem",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is read by our own negotiation, which refuses what it does not know
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Casualty statistics of United Nations peacekeeping",
    "DESCRIPTION": "Figures and records of the pages, under the filters of the pages. Read only.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": ["casualties.api.describing.complete"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "LICENSE": {"name": "Creative Commons Attribution for Intergovernmental Organisations (CC BY IGO)"},
}
API_ANONYMOUS_RATE = environment.whole("API_ANONYMOUS_RATE", 60)  # requests a minute from one address without a token

# --- Intake ---------------------------------------------------------------------------
OPEN_DATA_URL = environment.text("OPEN_DATA_URL", "https://api.psdata.un.org/public/data/DPPADPOSS-FATALITIES/json")
UPLOAD_LIMIT_BYTES = environment.whole("UPLOAD_LIMIT_MB", 300) * 1024 * 1024

# --- Exports ---------------------------------------------------------------------------
EXPORT_STREAM_ROWS = environment.whole("EXPORT_STREAM_ROWS", 20_000)  # above it a workbook is made by a worker
EXPORTS_WAITING = environment.whole("EXPORTS_WAITING", 3)  # of one reader, waiting or being made
EXPORT_KEPT_BYTES = environment.whole("EXPORT_KEPT_MB", 1_000) * 1024 * 1024  # of the files of one reader
EXPORT_KEPT_FOR = timedelta(hours=environment.whole("EXPORT_HOURS", 72))

# --- Log ----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "INFO")},
}

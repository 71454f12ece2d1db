"""Settings, read from the environment only; the README's table names each variable.

With DEBUG off (the default) nothing here falls back to a convenience: a missing secret stops the start.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from postpartum import backing_services, development, embedded_postgres, error_reports
from postpartum.newsletter.timing import read_weekly

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()

DEBUG = env.bool("DEBUG", default=False)


def _required_in_production(name: str, development_value: str) -> str:
    """Return the variable `name`, in development with a default. Raise ImproperlyConfigured without it."""
    value = env(name, default=development_value if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment (or DEBUG=1 on your own machine).")
    return value


SECRET_KEY = _required_in_production("SECRET_KEY", development.SECRET_KEY)
ALLOWED_HOSTS = _required_in_production("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
ADMINS = [("Operator", address) for address in env.list("ADMIN_EMAILS", default=[])]

# The details of the practice where the desk says nothing else.
PRACTICE_IS_NAMED = all(env(name, default="") for name in ("PRACTICE_NAME", "PRACTICE_THERAPIST"))
PRACTICE = {
    "name": env("PRACTICE_NAME", default="Tend"),
    "therapist": env("PRACTICE_THERAPIST", default="Dr. Elena Marsh, PT, DPT"),
    "email": env("PRACTICE_EMAIL", default="hello@example.org"),
    # Promises that only the practice can make; empty: not said anywhere.
    "price": env("PRACTICE_PRICE", default=""),
    "answers": env("PRACTICE_ANSWERS", default=""),
    "about": env("PRACTICE_ABOUT", default=""),
}

# Memory of each web process for finished public pages; 0: none are kept.
KEPT_PAGES_BYTES = env.int("KEPT_PAGES_MB", default=0 if DEBUG else 32) * 2**20
TEXT_OVERRIDES_SECONDS = 30  # until every process shows a changed text; None: no reload

INSTALLED_APPS = [
    "postpartum",
    "common",
    "accounts",
    "programs",
    "blog",
    "postpartum.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_prose_editor",
]

MIDDLEWARE = [
    "postpartum.middleware.RequestIdMiddleware",
    "postpartum.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "postpartum.middleware.SecurityHeadersMiddleware",
    "postpartum.middleware.RevalidateMiddleware",
    "postpartum.middleware.StalledDatabaseMiddleware",
    "postpartum.middleware.ContentSecurityPolicyMiddleware",
    "postpartum.middleware.TextGZipMiddleware",
    "postpartum.middleware.RefuseNulMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # for browsers without frame-ancestors
    "postpartum.middleware.TextOverridesMiddleware",
    "blog.middleware.RedirectMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "postpartum.middleware.SignedInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "postpartum.middleware.StaffSecondFactorMiddleware",
    "postpartum.middleware.MethodNotAllowedMiddleware",
]

ROOT_URLCONF = "postpartum.urls"
WSGI_APPLICATION = "postpartum.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "common.template_folding.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "postpartum.context_processors.practice",
                "postpartum.context_processors.member",
            ],
            "builtins": ["postpartum.templatetags.integrity"],
        },
    },
]

DATABASES = {
    "default": env.db() if env("DATABASE_URL", default="") else embedded_postgres.connection(DATA_DIR)
}
# Gunicorn's few threads keep a connection each. Under runserver every browser's connections have threads of their own.
DATABASES["default"] |= {
    "ENGINE": "postpartum.postgresql",
    "CONN_MAX_AGE": 0 if DEBUG else 60,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES["default"] |= backing_services.pooling()
# A member's pages may be read from replicas; see postpartum.replicas.
if env("REPLICA_URL", default=""):
    DATABASES["replica"] = (
        DATABASES["default"]
        | env.db("REPLICA_URL")
        # Not postpartum.postgresql: waiting in vain for a replica must not keep a request from the primary.
        | {"ENGINE": "common.postgresql", "TEST": {"MIRROR": "default"}}
    )
    DATABASE_ROUTERS = ["postpartum.replicas.ReplicaRouter"]
    before = MIDDLEWARE.index("postpartum.middleware.StalledDatabaseMiddleware") + 1
    MIDDLEWARE.insert(before, "postpartum.replicas.ReplicaMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: one entry for each code of the last half minute, and a few numbers of the desk. Limits are
# counted in rows of their own, so nobody can push these out by knocking, and they hold while the cache is away.
CACHES = {"default": backing_services.cache()}

# Sensitive columns are encrypted with the first of these keys and decrypted with any of them.
FIELD_KEYS = _required_in_production("FIELD_KEYS", development.FIELD_KEY).split(",")

# --- Accounts -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.SiteWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # optional: without it the sign-in form would lose its own
ACCOUNT_FORMS = {
    "login": "accounts.code_forms.LoginForm",
    "signup": "accounts.code_forms.SignupForm",
    "confirm_login_code": "accounts.code_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.code_forms.ConfirmEmailVerificationCodeForm",
}
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupDetailsForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Changing the address on the code page is offered only for new accounts, which would tell who has one already.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # those of accounts.limits are counted in rows
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an account is changed, unless proved within five minutes
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # as long as the code of a sign-up: the code pages say so
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Whether the desk requires a second factor; off by default in development.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEBUG)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "accounts.passkeys.PasskeyAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_TOTP_TOLERANCE = (
    1  # also accept the code before and after, for slow typing; each counts once (accounts.forms)
)

# --- Language, time and templates -----------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
FORMAT_MODULE_PATH = "postpartum.formats"
USE_TZ = True
TIME_ZONE = "UTC"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# What the article editor keeps beyond its own extensions.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("blog/anchors.js")],
        "extensions": {
            "HeadingIds": html_tags([], {"h2": ["id"], "h3": ["id"], "h4": ["id"]}),
            "Anchor": html_tags(["a"], {"a": ["id"]}),
            "EditorLabel": html_tags([], {}),
        },
    },
    {"js": [static_lazy("blog/pasting.js")], "extensions": {"Pasting": html_tags([], {})}},
]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
EXPORT_ROOT = DATA_DIR / "exports"
SAFETY_NUMBERS = DATA_DIR / "safety-numbers.html"  # the last known, for /safety/ while the database is away
S3_BUCKET = env(
    "S3_BUCKET", default=""
)  # where files are instead of the two folders above; empty: nowhere else
STORAGES = {
    "default": backing_services.file_storage("media", "django.core.files.storage.FileSystemStorage"),
    "exports": backing_services.file_storage("exports", "postpartum.models.privacy.PrivateStorage"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "postpartum.static_files.StaticFilesStorage"
    },
}

# --- Mail ----------------------------------------------------------------------------------------------------
# Every mail is queued as a row in the transaction of its cause; the worker sends it with the backend below.
DEFAULT_FROM_EMAIL = f"{PRACTICE['name']} <{PRACTICE['email']}>"
SERVER_EMAIL = PRACTICE["email"]
EMAIL_TIMEOUT = 20
if DEBUG:
    MAIL_DELIVERY_BACKEND = "postpartum.mail.files.FileBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
    MAIL_DELIVERY_BACKEND = env("MAIL_PROVIDER", default="") or vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "postpartum.mail.queue.QueueBackend"
try:
    NEWSLETTER_AT = read_weekly(env("NEWSLETTER_AT", default="thu 09:00"))
except ValueError:
    raise ImproperlyConfigured("NEWSLETTER_AT is a day and a time in UTC, such as: thu 09:00") from None
# A provider of django-anymail: MAIL_PROVIDER=anymail.backends.postmark.EmailBackend, its keys here as JSON.
ANYMAIL = env.json("ANYMAIL", default={})

# --- Spam ----------------------------------------------------------------------------------------------------
# With a key, guests' comments are checked by Akismet, or by a compatible service at AKISMET_URL.
AKISMET_KEY = env("AKISMET_KEY", default="")
AKISMET_URL = env("AKISMET_URL", default="https://rest.akismet.com/1.1/comment-check")

# --- Security ------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        # No text becomes a page or a script but by static/js/player/trusted.js. Django's admin has other ways.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["tend"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "common.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "postpartum.views.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
HTTPS = SITE_URL.startswith("https://")
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 730
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Seeing trouble --------------------------------------------------------------------------------------------
LOG_FORMAT = env("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is line or json.")
# With it, /metrics gives numbers to a Prometheus that sends `Authorization: Bearer KEY`; without it, there is no such page.
METRICS_KEY = env("METRICS_KEY", default="")
# Error reports go to any service that speaks Sentry's protocol, scrubbed; see postpartum.error_reports.
if SENTRY_DSN := env("SENTRY_DSN", default=""):
    error_reports.start(SENTRY_DSN)

# Logs and error reports say where something failed, without personal data. With DEBUG on, everything.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "logging.Formatter" if DEBUG else "postpartum.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}"
            if DEBUG
            else "{asctime} {levelname} {name} [{request_id}] {message}",
            "style": "{",
        },
        "json": {"class": "postpartum.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "mail_admins": {
            "class": "postpartum.logs.OperatorMailHandler",
            "level": "ERROR",
            "reporter_class": "postpartum.logs.ReportWithoutPeople",
        },
    },
    "loggers": {
        "django": {"handlers": [] if DEBUG else ["mail_admins"], "level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}

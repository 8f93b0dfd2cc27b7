"""Django's settings. Everything an installation may choose comes typed and checked from `config`."""

from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from linli.site.config import config
from linli.site.logs import LOGGING as LOGGING

django_stubs_ext.monkeypatch()

SITE = Path(__file__).resolve().parent

DEBUG = False
SECRET_KEY = config.secret_key
ALLOWED_HOSTS = config.hosts
FIELD_KEYS = config.field_keys
FIELD_KEY_CURRENT = next(iter(config.field_keys), "")
FIELD_INDEX_KEY = config.index_key
ROOT_URLCONF = "linli.site.urls"
WSGI_APPLICATION = "linli.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Linli"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "linli.frame",
    "linli.audit",
    "linli.places",
    "linli.people",
    "linli.organizations",
    "linli.notices",
    "linli.documents",
    "linli.gatherings",
    "linli.ballots",
    "linli.matters",
    "linli.deliberation",
    "linli.founding",
    "linli.site.apps.SiteConfig",
]

MIDDLEWARE = [
    "linli.frame.middleware.request_id",
    "linli.frame.middleware.content_security",
    "linli.frame.problems.for_machines",
    "linli.frame.middleware.readable",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.frame.middleware.faults",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.site.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linli.site.lock.locked",
    "linli.site.middleware.actor",
    "linli.frame.middleware.reading",
]

# The two template packages wrap the loaders in turn and break each other: neither does, the order is ours.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates", SITE.parent / "frame" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.site.context.everywhere",
            ],
        },
    }
]

DATABASES = {"default": config.database()}

# Rate limits must hold across all server processes, so the cache is a table, never local memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "frame_cache",
    }
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "linli.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/300s/key"}
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/arrive/"  # staff to their desk, residents home
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Two installations on one machine share a host name; cookie names keep their sign-ins apart.
SESSION_COOKIE_NAME = f"linli_{config.installation}_session"
CSRF_COOKIE_NAME = f"linli_{config.installation}_csrf"
LANGUAGE_COOKIE_NAME = f"linli_{config.installation}_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not config.demo
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = None if config.demo else ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "linli.site.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE, LANGUAGE_FIRST = config.language, config.language_first
LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
    ("en", _("English")),
]
LOCALE_PATHS = [SITE / "locale"]
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [SITE / "static"]
STATIC_ROOT = config.data_dir / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

DOCUMENTS_ROOT = config.data_dir / "documents"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a text of 10 MB is refused beside its field, not as a page
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Names for the ids and events of the record; its own floor knows none.
AUDIT_NAMES = "linli.site.audit_names.names"

# Pictures behind the outlines of maps; without a server named, no browser asks anybody.
TILES = config.tiles

# Who a key of another system is, and whose members a ballot can ask; the floors that use them know neither.
KEY_ACTOR, GROUPS = "linli.site.keys.actor", "linli.site.groups.GROUPS"

# The desk page that opens what a step opens; what comes of it: linli/site/openings.py.
OPENERS = {
    "meeting": "gatherings_desk:bring",
    "ballot": "ballots_desk:new",
    "works": "works_desk:new",
    "shares": "shares_desk:new",
    "opinions": "opinions_desk:new",
    "posting": "desk:hang",
}

# Owners decide by ballot: its page, which majority unless somebody chooses one, whether it divides income.
DECIDED_BY_BALLOT = {"shown": "ballots:ballot", "rule": "owners_ordinary"}
INCOME_DIVIDED = "linli.ballots.read.dividing.divides"

DEMO = config.demo

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

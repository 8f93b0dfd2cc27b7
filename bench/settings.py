"""The site's settings with two bare views beside it: what one statement costs without Linli's own work."""

from linli.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"

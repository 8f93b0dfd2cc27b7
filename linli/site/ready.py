"""The whole site, set up by being imported: what a server of processes has before it forks one.

Each process of a pool then begins with everything imported, instead of importing a thousand modules itself.
"""

import django
from django.urls import get_resolver

django.setup()
get_resolver().url_patterns  # noqa: B018  # its modules are imported when it is asked for

"""The WSGI entry point granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from linli.site import processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")

if "LINLI_SUPERVISED" in os.environ:  # a server process must not outlive its master, even a killed one
    processes.die_with_parent()

application = get_wsgi_application()

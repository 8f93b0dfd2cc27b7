"""An empty demo: no community yet, the practices at hand, and somebody who may set one up."""

from django.contrib.auth.hashers import make_password

from linli.founding import actions as founding
from linli.kernel.actor import SYSTEM
from linli.site.demo.administrator import name_administrator
from linli.site.demo.loading import PASSWORD


def furnish() -> None:
    """Store the practices, name the administrator; on every start, and nothing twice."""
    founding.store_practices(by=SYSTEM)
    name_administrator(make_password(PASSWORD))

"""The demo: nine communities with their people, posts and matters. Everything in it is made up or published
figures; `docs/demo-data.md` says which is which."""

from linli.site.demo.empty import furnish
from linli.site.demo.loading import load
from linli.site.demo.logins import Login, logins

__all__ = ["Login", "furnish", "load", "logins"]

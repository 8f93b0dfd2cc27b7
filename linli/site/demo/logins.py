"""The table of demo logins: who may sign in, as what, and where."""

from dataclasses import dataclass

from django.conf import settings

from linli.kernel import clock
from linli.kernel.text import worded
from linli.organizations import read as organizations
from linli.organizations.models import Post
from linli.people import read as people
from linli.people.models import Account
from linli.places import read as places
from linli.places.models import Place
from linli.site.demo.loading import PASSWORD


@dataclass(frozen=True, slots=True)
class Login:
    """One line of the table; `code` is the post's kind (`resident` without a post), `path` its place's."""

    role: str
    place: str
    name: str
    phone: str
    password: str
    code: str
    path: str


def logins(language: str | None = None) -> list[Login]:
    """Every demo login, by place, in the reader's language (the installation's without one)."""
    spoken = language or settings.LANGUAGE_CODE
    accounts = people.demo_accounts()
    today = clock.today()
    posts = organizations.posts_of_persons([row.person_id for row in accounts], today)
    homes = people.homes_of([row.person_id for row in accounts], today)
    running = {row.person_id for row in organizations.administrators(today)}
    standing = {row.person_id: _stands(posts[row.person_id], homes.get(row.person_id)) for row in accounts}
    wide = places.chains_of_paths([place.path for place in standing.values() if place])
    return [
        _administrator(row, spoken)
        if row.person_id in running
        else _line(row, posts[row.person_id], standing[row.person_id], wide, spoken)
        for row in accounts
    ]


def _administrator(row: Account, language: str) -> Login:
    role = worded("系统管理员", "Administrator", language)
    return Login(role, "", row.person.name, row.person.phone or "", PASSWORD, "administrator", "/")


def _stands(posts: list[Post], home: Place | None) -> Place | None:
    """Where somebody's post is; without a post, where they live."""
    return posts[0].place if posts else home


def _line(
    row: Account, posts: list[Post], place: Place | None, chains: dict[str, list[Place]], language: str
) -> Login:
    if posts:
        kind = posts[0].kind
        role, code = organizations.kind_title(kind, language), kind.code
        if code == "unit_handler":
            role += worded("（%s）", " (%s)", language) % posts[0].organization.name
    else:
        role, code = worded("居民", "Resident", language), "resident"
        if row.elder:
            role = worded("居民（长辈版）", "Resident (elder view)", language)
    path = place.path if place else "/"
    line = chains.get(path, [])
    community = [each.name for each in line if each.kind in ("street", "community", "grid")]
    where = " ".join(community[-2:] if len(line) > 3 and posts else community[1:2]) or (
        place.name if place else ""
    )
    return Login(role, where, row.person.name, row.person.phone or "", PASSWORD, code, path)

"""The desk's pages of posts: who holds what, and filling them."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.audit.policies import may_export
from linli.frame.doors import actor_of, done, door, holds, told_in
from linli.frame.exports import Column, book_response, cut
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused, require
from linli.organizations import actions, policies, read
from linli.organizations.forms import AppointForm, CloseForm, EndForm, OpenForm, StandInForm
from linli.organizations.kinds import Event, Level, Power
from linli.organizations.web.words import LEVEL_LABELS
from linli.people import read as people
from linli.places import read as places
from linli.places.policies import STAFF, may_see_place

FILLERS = holds(Power.APPOINT)


@door(STAFF)
def posts(request: HttpRequest) -> HttpResponse:
    """The posts of a place and everything in it, each with who acts; vacant ones say so."""
    scope = _scope(request)
    rows, level, vacant = _narrowed(request, scope)
    page = page_of(request, rows)
    holders = read.holders_of([row.id for row in page.rows], today())
    language = get_language() or ""
    context = {
        "page": page,
        "rows": [(row, read.post_title(row, language), holders.get(row.id, [])) for row in page.rows],
        "scope": scope,
        "place_name": scope.name,
        "tabs": _tabs(scope, level, vacant),
        "may_open": bool(policies.may_open_post(actor_of(request), scope.path)),
        "may_export": bool(may_export(actor_of(request), scope.path)),
        "level": level,
        "vacant": vacant,
    }
    return render(request, "organizations/posts.html", context)


def _narrowed(request: HttpRequest, scope: Any) -> tuple[Any, str, bool]:
    """The posts asked for, and by what they are narrowed: a level ("" for all), only vacant ones."""
    asked = request.GET.get("level", "")
    level = asked if asked in set(Level) else ""
    vacant = request.GET.get("vacant") == "1"
    rows = read.posts_under(scope.path, today())
    if level:
        rows = rows.filter(kind__level=level)
    return (read.only_vacant(rows, today()) if vacant else rows), level, vacant


@door(STAFF)
def posts_xlsx(request: HttpRequest) -> HttpResponse:
    """The same posts as a book: who holds each, and who stands in."""
    scope, actor = _scope(request), actor_of(request)
    require(may_export(actor, scope.path))
    rows, level, vacant = _narrowed(request, scope)
    found = cut(rows)
    audit.record_export(
        Event.EXPORTED,
        by=actor,
        subject=scope,
        place_path=scope.path,
        listing="posts",
        filters={"place": request.GET.get("place"), "level": level, "vacant": vacant},
        rows=len(found.rows),
    )
    columns = [Column(_("Post"), 30), Column(_("Level"), 10), Column(_("Organization"), 28)]
    columns += [Column(_("Where"), 24), Column(_("Who holds it"), 24), Column(_("Held since"), 14)]
    columns += [Column(_("Stands in"), 20), Column(_("Vacant"), 8)]
    return book_response(
        title=_("Posts"),
        filters=[
            scope.name,
            str(LEVEL_LABELS[Level(level)]) if level else "",
            _("Vacant") if vacant else "",
        ],
        columns=columns,
        rows=_book_rows(found.rows),
        has_more=found.has_more,
    )


def _book_rows(rows: list[Any]) -> Iterator[list[object]]:
    holders = read.holders_of([row.id for row in rows], today())
    addresses = places.address_map({row.place_id: row.place for row in rows}.values())
    language = get_language() or ""
    for row in rows:
        held = holders.get(row.id, [])
        yield [
            read.post_title(row, language),
            LEVEL_LABELS[Level(row.kind.level)],
            row.organization.name,
            addresses[row.place_id],
            _(", ").join(each.name for each in held),
            min((each.starts for each in held), default=None),
            _(", ").join(each.stand_in for each in held if each.stand_in),
            not held,
        ]


def _tabs(scope: Any, level: str, vacant: bool) -> list[dict[str, Any]]:
    base = f"{reverse('organizations:posts')}?place={scope.id}"
    shown = (Level.COMMUNITY, Level.COURTYARD, Level.GRID, Level.BUILDING)
    return [
        {"label": _("All"), "url": base, "on": not level and not vacant},
        *(
            {"label": LEVEL_LABELS[each], "url": f"{base}&level={each.value}", "on": level == each.value}
            for each in shown
        ),
        {"label": _("Vacant"), "url": f"{base}&vacant=1", "on": vacant},
    ]


def _scope(request: HttpRequest) -> Any:
    """The place asked for, else the widest of the reader's own."""
    asked = request.GET.get("place", "")
    actor = actor_of(request)
    try:
        scope = places.place(UUID(asked)) if asked else None
    except ValueError as wrong:
        raise Refused("This place is not known.", status=UNPROCESSABLE) from wrong
    if not asked:
        scope = places.place_by_path(actor.paths()[0])
    if scope is None:
        raise Refused("This place is not known.", status=MISSING)
    require(may_see_place(actor, scope.path))
    return scope


@door(STAFF)
def post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """One post: who holds it, who acts while nobody does, and what stands above."""
    row = _post(post_id)
    actor, language = actor_of(request), get_language() or ""
    require(policies.may_see_posts(actor, row.place.path))
    holders = read.holders_of([post_id], today()).get(post_id, [])
    acting = people.names(read.persons_of(post_id, today())) if not holders else {}
    powers = frozenset(row.kind.powers)
    context = {
        "post": row,
        "title": read.post_title(row, language),
        "level": LEVEL_LABELS[Level(row.kind.level)],
        "holders": holders,
        "acting": _(", ").join(acting.values()),
        "above": [(each, read.post_title(each, language)) for each in read.chain_above(post_id)],
        "past": read.past_holders(post_id, today()),
        "may_appoint": bool(policies.may_appoint(actor, row.place.path, powers)) and row.closed_on is None,
        "may_close": bool(policies.may_open_post(actor, row.place.path)) and row.closed_on is None,
        "actor": actor,
    }
    return render(request, "organizations/post.html", context)


@door(FILLERS, methods=("GET", "POST"))
def appoint(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Give a post to somebody looked up by name or phone."""
    row = _post(post_id)
    require(policies.may_appoint(actor_of(request), row.place.path, frozenset(row.kind.powers)))
    found = _people(request, row.place.path)
    form = AppointForm(request.POST or None, people=found)

    def act() -> UUID:
        said = form.cleaned_data
        return actions.appoint(
            by=actor_of(request),
            post_id=post_id,
            person_id=said["person"],
            starts=said["starts"],
            ends=said["ends"],
        ).post_id

    return _form_page(request, row, form, act, title=_("Appoint"), said=_("Appointed."), found=found)


@door(STAFF, methods=("GET", "POST"))
def stand_in(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Name somebody to act for a holder who is away."""
    held = _appointment(appointment_id)
    path = held.post.place.path
    actor = actor_of(request)
    is_holder = actor.person_id == held.person_id
    require(policies.may_name_stand_in(actor, path, is_holder=is_holder))
    found = _people(request, path)
    form = StandInForm(request.POST or None, people=found)

    def act() -> UUID:
        said = form.cleaned_data
        actions.name_stand_in(
            by=actor,
            appointment_id=appointment_id,
            person_id=said["person"],
            starts=said["starts"],
            last_day=said["last_day"],
        )
        return held.post_id

    title = _("Name a stand-in")
    return _form_page(request, held.post, form, act, title=title, said=_("Noted."), found=found)


@door(FILLERS, methods=("GET", "POST"))
def end(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """End an appointment."""
    held = _appointment(appointment_id)
    form = EndForm(request.POST or None)

    def act() -> UUID:
        ends = form.cleaned_data["ends"]
        return actions.end_appointment(by=actor_of(request), appointment_id=appointment_id, ends=ends).post_id

    return _form_page(request, held.post, form, act, title=_("End the appointment"), said=_("Ended."))


@door(FILLERS, methods=("GET", "POST"))
def open_post(request: HttpRequest) -> HttpResponse:
    """Open a post over the place `?place=` names."""
    scope, language = _scope(request), get_language() or ""
    require(policies.may_open_post(actor_of(request), scope.path))
    form = OpenForm(
        request.POST or None,
        kinds=[(kind.code, read.kind_title(kind, language)) for kind in read.post_kinds()],
        organizations=[(row.id, row.name) for row in read.organizations_over(scope.path, today())],
        above=[(row.id, read.post_title(row, language)) for row in read.posts_over(scope.path, today())],
    )
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.open_post(by=actor_of(request), place_id=scope.id, **form.cleaned_data),
                _("Opened. It is vacant until you appoint somebody."),
                to=lambda row: _address(row.id),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    back = f"{reverse('organizations:posts')}?place={scope.id}"
    context = {"form": form, "title": _("Open a post"), "sub": scope.name, "back": back}
    return render(request, "organizations/form.html", context, status=422 if form.errors else 200)


@door(FILLERS, methods=("GET", "POST"))
def close(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Close a post."""
    row = _post(post_id)
    form = CloseForm(request.POST or None)

    def act() -> UUID:
        return actions.close_post(by=actor_of(request), post_id=post_id, on=form.cleaned_data["on"]).id

    return _form_page(request, row, form, act, title=_("Close the post"), said=_("Closed."))


def _form_page(
    request: HttpRequest,
    row: Any,
    form: Any,
    act: Callable[[], UUID],
    *,
    title: str,
    said: str,
    found: list[tuple[UUID, str]] | None = None,
) -> HttpResponse:
    """Show a form about a post, or do what it says and go to the post."""
    if request.method == "POST" and form.is_valid():
        try:
            return done(request, act, said, to=_address)
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {
        "form": form,
        "title": title,
        "sub": read.post_title(row, get_language() or ""),
        "back": _address(row.id),
        "words": request.GET.get("q", ""),
        "looks_up": found is not None,
        "found": found,
    }
    return render(request, "organizations/form.html", context, status=422 if form.errors else 200)


def _people(request: HttpRequest, path: str) -> list[tuple[UUID, str]]:
    """Those found for `?q=` in the community the post is in, by name or phone; their numbers stay masked."""
    words = request.GET.get("q", "").strip()[:60]
    if not words:
        return []
    community = places.community_of(path)
    scope = community.path if community else path
    found = people.search(words, scope, today())
    known = {row.id for row in found}
    found += [row for row in people.by_phone(words) if row.id not in known]
    return [(row.id, f"{row.name} {people.masked(row).phone}") for row in found]


def _post(post_id: UUID) -> Any:
    row = read.post(post_id)
    if row is None:
        raise Refused("This post is not known.", status=MISSING)
    return row


def _appointment(appointment_id: UUID) -> Any:
    held = read.appointment(appointment_id)
    if held is None:
        raise Refused("This appointment is not known.", status=MISSING)
    return held


def _address(post_id: UUID) -> str:
    return reverse("organizations:post", args=[post_id])

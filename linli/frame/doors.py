"""Doors: what every view is wrapped in. A door says who may knock; the action behind it decides the rest."""

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from linli.frame.models import IdempotencyRecord
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import ALLOWED, CONFLICT, UNPROCESSABLE, Decision, Denied, Refused, require
from linli.kernel.ids import id_in

Request = HttpRequest
View = Callable[..., HttpResponse]


class Policy(Protocol):
    """Decides from the actor alone whether a door opens. Every URL carries one (a house test checks)."""

    def __call__(self, actor: Actor) -> Decision: ...


@dataclass(frozen=True)
class Anyone:
    """Open to all, signed in or not."""

    def __call__(self, actor: Actor) -> Decision:
        return ALLOWED


@dataclass(frozen=True)
class SignedIn:
    """Open to every person with an account."""

    def __call__(self, actor: Actor) -> Decision:
        if actor.kind is ActorKind.PERSON:
            return ALLOWED
        return Denied("Please sign in first.")


@dataclass(frozen=True)
class Holds:
    """Open to whoever holds one of these powers over any place; which place is for the action to check."""

    powers: tuple[str, ...]

    def __call__(self, actor: Actor) -> Decision:
        if any(grant.power in self.powers for grant in actor.grants):
            return ALLOWED
        return Denied("This page is for staff whose post includes it.")


def holds(*powers: str) -> Holds:
    """A policy satisfied by any one of the powers."""
    return Holds(tuple(str(power) for power in powers))


ANYONE = Anyone()
SIGNED_IN = SignedIn()


def actor_of(request: HttpRequest) -> Actor:
    """The actor built once for this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def door(policy: Policy, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Guard a view: the methods it answers, and who may come in. Sends the signed-out to sign in.

    What staff see is kept by no browser: at a shared counter, going back after signing out shows nothing.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD", "OPTIONS"):
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            actor = actor_of(request)
            decision = policy(actor)
            if not decision and actor.kind is not ActorKind.PERSON:
                here = request.get_full_path() if "GET" in methods else came_from(request)
                query = urlencode({"next": here})
                return HttpResponseRedirect(f"{settings.LOGIN_URL}?{query}")
            require(decision)
            response = view(request, *args, **kwargs)
            if isinstance(policy, Holds):
                response.setdefault("Cache-Control", "private, no-store")
            return response

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return wrap


def came_from(request: HttpRequest) -> str:
    """The page of ours a form was sent from; the first page where the browser does not say."""
    told = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(told)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def once(request: HttpRequest, act: Callable[[], str], *, by: Actor | None = None) -> str:
    """Run `act` once for this form's idempotency key and give its answer (usually the address to go to).

    A retry with the same key and body gets the same answer; the same key with another body is refused.
    The record is written in the act's own transaction: two copies sent at once wait for each other.
    `by` is who acts where that is not the person signed in: an anonymous act leaves no trace of them here.
    """
    key = "".join(filter(str.isprintable, request.POST.get("idempotency_key", "")))[:64]
    if not key:
        return act()
    actor = by or actor_of(request)
    scope = str(actor.person_id) if actor.person_id else "form"
    otherwise = Refused(
        "This form was already sent with other words. Open it again to send something new.", status=422
    )
    return once_for(scope, key, _body_digest(request), act, otherwise=otherwise)


def once_for(scope: str, key: str, digest: str, act: Callable[[], str], *, otherwise: Refused) -> str:
    """Run `act` once for the key of whoever `scope` names, and give its answer; see `once`.

    `digest` stands for what was sent. Raises `otherwise` when the key came before with something else.
    """
    with transaction.atomic():
        record, is_new = IdempotencyRecord.objects.get_or_create(
            scope=scope, key=key, defaults={"body_sha256": digest}
        )
        if is_new:
            record.answer = act()
            record.save(update_fields=["answer"])
        elif record.body_sha256 != digest:
            raise otherwise
        return str(record.answer)


def done(
    request: HttpRequest,
    act: Callable[[], Any],
    said: str | Callable[[], str],
    *,
    to: str | Callable[[Any], str] = str,
) -> HttpResponse:
    """Do it once, say what came of it, and go on to an address, or where `to` leads from what was done.

    Without `to` the act itself gives the address. `said` is asked afterwards where it is not known before.
    See `once` for the same form sent again.
    """

    def acted() -> str:
        made = act()
        return to if isinstance(to, str) else to(made)

    address = once(request, acted)
    messages.success(request, said() if callable(said) else said)
    return HttpResponseRedirect(address)


def id_sent(request: HttpRequest, name: str, otherwise: Refused) -> UUID:
    """The id a form sent. Raises `otherwise` for anything else."""
    found = id_in(request.POST.get(name, "").strip())
    if found is None:
        raise otherwise
    return found


def _body_digest(request: HttpRequest) -> str:
    fields = {
        name: values
        for name, values in sorted(request.POST.lists())
        if name not in ("csrfmiddlewaretoken", "idempotency_key")
    }
    digest = hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace"))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name}:{file.name}:{file.size}".encode("utf-8", "replace"))
    return digest.hexdigest()


def told_in(form: BaseForm, refusal: Refused, *, field: str | None = None, conflicts: bool = False) -> None:
    """Show a refusal in the form, so that nothing typed is lost: a rule that was broken (422) and, where
    asked for, a state that has moved on (409). Any other refusal goes on and is a page of its own.
    """
    if refusal.status != UNPROCESSABLE and not (conflicts and refusal.status == CONFLICT):
        raise refusal
    form.add_error(field, explain(refusal))


def status_of(form: BaseForm) -> int:
    """The status of a page with this form: 422 where it shows again what was sent and refused."""
    return UNPROCESSABLE if form.is_bound else 200


def explain(refusal: Refused | Denied) -> str:
    """A refusal's reason in the reader's language."""
    text = _(refusal.reason)
    return text % refusal.params if refusal.params else text

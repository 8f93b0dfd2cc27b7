"""Photos of what is doubted: shown to whoever reads the doubt, taken out by who asked or by staff."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import works_photos as acts
from linli.deliberation.kinds import WorksStage
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works_photos as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.web.desk_works import KEEPERS
from linli.documents.web import serve
from linli.frame.doors import SIGNED_IN, actor_of, done, door
from linli.kernel.decision import MISSING, require


@door(SIGNED_IN)
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """A photo, for whoever reads its doubt; of one out of sight, for staff."""
    return serve(_seen(request, photo_id).file, thumbnail=request.GET.get("thumbnail") == "1")


@door(SIGNED_IN, methods=("POST",))
def take_back(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Take one's own photo back; the doubt stays."""
    works_id = _seen(request, photo_id).doubt.works_id
    return _removed(request, photo_id, f"{reverse('works:works', args=[works_id])}#doubts")


@door(KEEPERS, methods=("POST",))
def take_out(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Take a photo out that shows too much."""
    doubt_id = _seen(request, photo_id).doubt_id
    return _removed(request, photo_id, reverse("works_desk:doubt", args=[doubt_id]))


def _removed(request: HttpRequest, photo_id: UUID, to: str) -> HttpResponse:
    by = actor_of(request)
    return done(request, lambda: acts.remove(by=by, photo_id=photo_id), _("The photo is gone."), to=to)


def _seen(request: HttpRequest, photo_id: UUID) -> Any:
    actor, found = actor_of(request), read.photo(photo_id)
    works = found.doubt.works
    path = works.place.path
    here = belongs(actor.person_id, path)
    decision = policies.may_see(actor, belongs=here, stage=WorksStage(works.stage), place_path=path)
    require(decision, status=MISSING)
    if found.doubt.hidden_at is not None:
        require(policies.may_go_round(actor, path), status=MISSING)
    return found

"""What is posted, as a sheet for the board, and the photo of one as it hangs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.documents.web import serve
from linli.frame import paper
from linli.frame.doors import ANYONE, door
from linli.frame.paper import Part, Poster
from linli.gatherings import wording
from linli.gatherings.read import postings as read
from linli.kernel.decision import MISSING, Refused


@door(ANYONE)
def poster(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """The posting as PDF (`?paper=a3` for a large one), with a code that opens it on a phone."""
    row = read.posting(posting_id)
    link = request.build_absolute_uri(reverse("gatherings:posting", args=[row.pk]))
    made = paper.poster(poster_of(row, link), paper.size_in(request.GET.get("paper", "")))
    return paper.answer(made, row.title)


def poster_of(row: read.Posting, link: str) -> Poster:
    """What is posted, from which day to which, and where to object until then."""
    days = {"first": row.starts, "last": row.ends, "office": read.office(row)}
    return Poster(
        title=row.title,
        place=row.place.name,
        lead=str(wording.POSTING_LABELS[row.kind]),
        parts=[Part(lines=[line for line in row.body.splitlines() if line.strip()])],
        foot=[
            _("Posted %(first)s to %(last)s.") % days,
            _("Whoever objects says so by %(last)s: scan the code, or tell %(office)s.") % days,
        ],
        link=link,
        caption=_("Read it and object on your phone"),
    )


@door(ANYONE)
def photo(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """The sheet as it hangs (`?thumbnail=1` small), for whoever reads the posting."""
    row = read.posting(posting_id)
    if row.photo is None:
        raise Refused("This page is not here.", status=MISSING)
    return serve(row.photo, thumbnail=request.GET.get("thumbnail") == "1")

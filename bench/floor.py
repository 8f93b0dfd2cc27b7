"""The least a request can cost here: the same server and middleware, one statement, no page.

And what Django alone needs for the size of thing that is asked for: its own session, account, objects and
template for a list; its own objects for the rows one raise leaves. None of these views names a policy: they
exist only while measuring, on the loopback address.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.views.decorators.csrf import csrf_exempt

from linli.audit.models import Entry
from linli.kernel.ids import uuid7
from linli.matters.models import Matter
from linli.places.models import Place

LINES = 50
ROWS = 8  # what raising leaves behind: the matter, its raiser, step, record and notice, and that it was asked
SHOWN = ("number", "title", "raised_at", "step_due_at", "state", "channel", "place__name", "community__name")
LIST = Engine().from_string(
    "<h1>{{ who.pk }}</h1><table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td>"
    "<td>{{ row.community.name }}</td><td>{{ row.place.name }}</td><td>{{ row.state }}</td>"
    "<td>{{ row.channel }}</td><td>{{ row.raised_at|date:'Y-m-d H:i' }}</td>"
    "<td>{{ row.step_due_at|date:'Y-m-d H:i' }}</td></tr>{% endfor %}</table>"
)


def one_select(request: HttpRequest) -> HttpResponse:
    """One row by its unique path."""
    return JsonResponse({"name": Place.objects.values_list("name", flat=True).order_by("path")[0]})


@csrf_exempt
def one_insert(request: HttpRequest) -> HttpResponse:
    """One row with the indexes of an ordinary table, committed as anything else is."""
    return JsonResponse({"id": str(_written().id)}, status=201)


def plain_list(request: HttpRequest) -> HttpResponse:
    """Fifty rows of three tables for somebody who is signed in, in a bare loop."""
    rows = Matter.objects.select_related("place", "community").only(*SHOWN).order_by("-id")[:LINES]
    return HttpResponse(LIST.render(Context({"rows": rows, "who": request.user})))


@csrf_exempt
@transaction.atomic
def plain_writing(request: HttpRequest) -> HttpResponse:
    """As many rows as one raise leaves, one by one in one transaction; nothing is read or decided."""
    return JsonResponse({"ids": [str(_written().id) for _row in range(ROWS)]}, status=201)


def _written() -> Entry:
    return Entry.objects.create(
        event="bench.floor", actor_kind="system", subject_kind="Bench", subject_id=uuid7(), place_path="/"
    )

"""The least a request can cost here: the same server and middleware, one statement, no page.

Neither view names a policy: they exist only while measuring, on the loopback address.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from linli.audit.models import Entry
from linli.kernel.ids import uuid7
from linli.places.models import Place


def one_select(request: HttpRequest) -> HttpResponse:
    """One row by its unique path."""
    return JsonResponse({"name": Place.objects.values_list("name", flat=True).order_by("path")[0]})


@csrf_exempt
def one_insert(request: HttpRequest) -> HttpResponse:
    """One row with the indexes of an ordinary table, committed as anything else is."""
    row = Entry.objects.create(
        event="bench.floor", actor_kind="system", subject_kind="Bench", subject_id=uuid7(), place_path="/"
    )
    return JsonResponse({"id": str(row.id)}, status=201)

"""`/healthz`: this process lives. `/readyz`: it can serve. Neither says anything private."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.site import assets


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a restart of it is no reason to kill the server."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers, was prepared, and the front end is built; 503 names what is not."""
    faults = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('upkeep.mark') IS NOT NULL")
            if cursor.fetchone() != (True,):
                faults.append("the database is not prepared: run `linli init`")
    except DatabaseError:
        faults.append("the database does not answer")
    if not assets.built():
        faults.append("the front end is not built: run `make build`")
    return JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)

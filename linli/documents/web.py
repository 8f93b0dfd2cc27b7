"""The door for drafts, and how a file leaves the house. Files have no address of their own."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from linli.documents import actions, read, rules
from linli.documents.kinds import MediaType
from linli.frame.doors import SIGNED_IN, actor_of, door
from linli.kernel.decision import UNPROCESSABLE, Refused

# Shown or saved, a file can run nothing, and no shared cache keeps it.
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=600",
    "Vary": "Cookie",
}
FORM_OVERHEAD = 4 * 1024  # bytes of multipart separators and names around a draft's words
NOT_KEPT = ("csrfmiddlewaretoken", "idempotency_key")


def serve(file: read.StoredFile, *, thumbnail: bool = False, download: bool = False) -> HttpResponse:
    """The file as an answer; the calling view has asked its own policy. A PDF is saved, never shown."""
    small = thumbnail and file.media_type != MediaType.PDF
    content = read.thumbnail_of(file) if small else read.bytes_of(file)
    media_type = MediaType.JPEG.value if small else file.media_type
    response = HttpResponse(content, content_type=media_type, headers=SAFE_HEADERS)
    as_attachment = download or file.media_type == MediaType.PDF
    disposition = content_disposition_header(as_attachment, file.name)
    if disposition:
        response["Content-Disposition"] = disposition
    return response


@door(SIGNED_IN, methods=("POST",))
def draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep the fields sent as this person's draft of the form; empty fields only means it is discarded."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > rules.MOST_DRAFT_BYTES + FORM_OVERHEAD:
        raise Refused("This draft is too long to be kept.", status=UNPROCESSABLE)
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    if any(value for values in fields.values() for value in values):
        body = json.dumps(fields, ensure_ascii=False)
        actions.save_draft(by=actor_of(request), form=form, body=body)
    else:
        actions.discard_draft(by=actor_of(request), form=form)
    return HttpResponse(status=204)

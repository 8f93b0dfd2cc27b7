"""Photos and files of matters, each under the policy of the matter it belongs to."""

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from linli.documents.web import serve
from linli.frame.doors import ANYONE, actor_of, door
from linli.kernel.decision import MISSING, require
from linli.matters import policies
from linli.matters.read import one as read

KEY_SECONDS = 30 * 60
_signer = TimestampSigner(salt="linli.matters.file")


@door(ANYONE)
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """One file, for whoever may see the matter; `key` opens it for who follows the matter by its code."""
    found = read.attachment(attachment_id)
    actor = actor_of(request)
    ties = read.ties(actor, found.matter, tracking=_opens(request.GET.get("key", ""), attachment_id))
    require(policies.may_see_file(actor, found.matter, ties, found.internal), status=MISSING)
    return serve(found.file, thumbnail=request.GET.get("thumbnail") == "1")


def shown(attachments: list[Any], *, by_code: bool) -> list[dict[str, Any]]:
    """Attachments as the page shows them. Someone with a code gets addresses good for half an hour."""
    return [_shown(one, by_code) for one in attachments]


def _shown(one: Any, by_code: bool) -> dict[str, Any]:
    key = {"key": _signer.sign(str(one.id))} if by_code else {}
    address = reverse("matters:file", args=[one.id])
    return {
        "url": f"{address}?{urlencode(key)}" if key else address,
        "thumbnail": f"{address}?{urlencode({'thumbnail': '1', **key})}",
        "name": one.file.name,
        "is_picture": one.file.media_type.startswith("image/"),
    }


def _opens(key: str, attachment_id: UUID) -> bool:
    try:
        return _signer.unsign(key, max_age=KEY_SECONDS) == str(attachment_id)
    except BadSignature:
        return False

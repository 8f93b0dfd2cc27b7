"""Doors for other systems: what every operation below /api/ is wrapped in.

An operation names its policy, its answers and, where it writes, takes an idempotency key. Who a key is, is
asked of the site through the setting `KEY_ACTOR`: this floor knows no keys.
"""

import functools
import hashlib
import json
import re
from collections.abc import Callable
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from ninja import Router, Schema
from ninja.errors import ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from linli.frame.crypto import open_sealed, seal
from linli.frame.doors import Policy, actor_of, once_for
from linli.frame.paging import Stretch
from linli.frame.problems import problem
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.kernel.text import clean

MOST_BYTES: Final = 256 * 1024  # of a body: the longest text in UTF-8 fits many times
MOST_ROWS: Final = 100
KEY: Final = "Idempotency-Key"
KEY_FORM: Final = re.compile(r"[\x21-\x7e]{1,64}")
REPLACED: Final = "\ufffd"  # what broken UTF-8 turns into on arrival

Door = Callable[..., Any]

# Words of the description, translated when it is asked for; types elsewhere ask for the text they become.
described: Callable[[str], Any] = gettext_lazy
_ = described


class Given(Schema):
    """What another system sends: an unknown name is a slip and is said, not passed over."""

    model_config = ConfigDict(extra="forbid")


def example(**values: Any) -> ConfigDict:
    """The settings of a `Given` with one whole example of it for the description."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [values]})


class Told(BaseModel):
    """What another system is told. A plain model: what it is made from is put together by its app."""


class Page(Told):
    """A stretch of a list; `next` is the cursor to go on from, and is missing at the end."""

    next: str | None = Field(None, description=_("Send it as `cursor` to get what follows; null at the end."))


def page_fields(stretch: Stretch) -> dict[str, Any]:
    """The part of a page that every list has."""
    return {"next": stretch.next_cursor}


def _cleaned(text: str) -> str:
    if "\x00" in text or REPLACED in text:
        reason = "Some characters here could not be read. Please write them again."
        raise PydanticCustomError("linli", reason)
    words = clean(text)
    if text and not words:
        raise PydanticCustomError("linli", "Please write something here.")
    return words


def words(most: int, *, least: int = 0) -> Any:
    """The type of a text people wrote: at most so many characters, cleaned as the forms clean it."""
    return Annotated[str, StringConstraints(min_length=least, max_length=most), AfterValidator(_cleaned)]


Cursor = Annotated[
    str, Field("", max_length=400, description=_("`next` of the page before; none: the first."))
]
Size = Annotated[int, Field(50, ge=1, le=MOST_ROWS, description=_("How many rows at most."))]


class KeyRefused(Exception):
    """A key that does not open: `status` 401, or 429 after too many wrong ones from one side."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ApiKey(HttpBearer):
    """Who knocks, whether they may, and whether what they bring can be read: asked before the body is."""

    def __init__(self, policy: Policy, *, reads_body: bool) -> None:
        super().__init__()
        self.policy = policy
        self.reads_body = reads_body

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The key's actor takes the place of any session: a browser's cookies open nothing here."""
        find: Callable[[HttpRequest, str], Actor] = import_string(settings.KEY_ACTOR)
        actor = find(request, token)
        request.actor = actor  # type: ignore[attr-defined]
        require(self.policy(actor))
        if self.reads_body:
            _refuse_unreadable(request)
        return actor


class TooLarge(Exception):
    """More bytes than any operation takes."""


class NotJson(Exception):
    """A body of another kind."""


def _refuse_unreadable(request: HttpRequest) -> None:
    if request.content_type != "application/json":
        raise NotJson
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or len(length) > 9 or int(length) > MOST_BYTES:
        raise TooLarge


class StrictParser(Parser):
    """Reads JSON as RFC 8259 has it: UTF-8, no NaN, no name twice, nothing nested endlessly."""

    def parse_body(self, request: HttpRequest) -> Any:
        text = request.body.decode("utf-8")
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once_each)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def reads(
    router: Router,
    path: str,
    *,
    policy: Policy,
    response: Any,
    summary: str,
    missing: bool = False,
    media: str = "",
) -> Callable[[Door], Door]:
    """An operation that changes nothing. `missing`: it may answer 404; `media`: its answer, if not JSON."""
    told = {"x-linli": {"missing": missing, "writes": False, "media": media}}

    def wrap(view: Door) -> Door:
        guarded = _guarded(view, policy)
        auth = ApiKey(policy, reads_body=False)
        return router.get(
            path,
            auth=auth,
            response=response,
            summary=summary,
            operation_id=view.__name__,
            url_name=view.__name__,
            openapi_extra=told,
        )(guarded)

    return wrap


def writes(
    router: Router,
    path: str,
    *,
    policy: Policy,
    response: type[BaseModel],
    summary: str,
    status: int = 200,
    missing: bool = False,
    bare: bool = False,
    before: Door | None = None,
) -> Callable[[Door], Door]:
    """An operation that acts: once for each idempotency key, whose answer a retry gets again.

    `bare` marks one without a body. `before` is called with the same arguments outside the act's transaction:
    a wrong try it counts stays counted although the act is refused.
    """
    told = {"x-linli": {"missing": missing, "writes": True, "bare": bare}}

    def wrap(view: Door) -> Door:
        guarded = _guarded(_once(view, status, before), policy)
        auth = ApiKey(policy, reads_body=not bare)
        return router.post(
            path,
            auth=auth,
            response={status: response},
            summary=summary,
            operation_id=view.__name__,
            url_name=view.__name__,
            openapi_extra=told,
        )(guarded)

    return wrap


def _guarded(view: Door, policy: Policy) -> Door:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = view(request, *args, **kwargs)
        if isinstance(answer, HttpResponse):
            answer["Cache-Control"] = "no-store"
        return answer

    guarded.policy = policy  # type: ignore[attr-defined]
    return guarded


def _once(view: Door, status: int, before: Door | None) -> Door:
    """The act and its answer in one transaction. The answer is kept sealed: it may hold a tracking code."""

    @functools.wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(KEY, "")
        if not KEY_FORM.fullmatch(key):
            kind = "string_pattern_mismatch" if key else "missing"
            raise ValidationError([{"loc": ("header", KEY), "type": kind, "msg": ""}])
        if before is not None:
            before(request, *args, **kwargs)
        digest = hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()

        def act() -> str:
            answer: BaseModel = view(request, *args, **kwargs)
            return seal(answer.model_dump_json())

        otherwise = Refused(
            "This idempotency key came before with another request. Take a new one.", status=422
        )
        scope = str(actor_of(request).on_record)
        told = open_sealed(once_for(scope, key, digest, act, otherwise=otherwise))
        return HttpResponse(told, status=status, content_type="application/json; charset=utf-8")

    return once


def refused(request: HttpRequest, refusal: KeyRefused) -> HttpResponse:
    """A key that does not open."""
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {"Retry-After": "60"}
    return problem(refusal.status, headers=headers)

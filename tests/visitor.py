"""A small HTTP client: cookies, forms, files, and nothing that runs scripts."""

import mimetypes
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')

File = tuple[str, bytes]


@dataclass(frozen=True)
class Answer:
    """What came back, redirects followed."""

    status: int
    url: str
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8")

    @property
    def path(self) -> str:
        """Where the redirects ended."""
        return urllib.parse.urlsplit(self.url).path


class Visitor:
    """One person's browser without scripts; with the `jar` of another, a second window of that browser."""

    def __init__(self, base: str, jar: CookieJar | None = None) -> None:
        self.base = base
        self.jar = CookieJar() if jar is None else jar
        self.last: Answer | None = None
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page."""
        return self._send(urllib.request.Request(self.base + path, headers=self._named(headers)))

    def post(
        self,
        path: str,
        fields: Mapping[str, str | Sequence[str]],
        files: Sequence[tuple[str, File]] = (),
        **headers: str,
    ) -> Answer:
        """Send a form with the token and the hidden fields of the page last opened, but those named here."""
        hidden = dict(FIELD.findall(self.last.text)) if self.last else {}
        pairs = list(hidden.items() - {(name, hidden[name]) for name in fields if name in hidden})
        for name, value in fields.items():
            pairs += [(name, value)] if isinstance(value, str) else [(name, each) for each in value]
        if "csrfmiddlewaretoken" not in dict(pairs) and self.last:
            pairs += [("csrfmiddlewaretoken", token) for token in TOKEN.findall(self.last.text)[:1]]
        body, kind = encode(pairs, files)
        named = self._named(headers) | {"Content-Type": kind, "Referer": self.base + path}
        return self._send(urllib.request.Request(self.base + path, data=body, headers=named, method="POST"))

    def raw(self, path: str, body: bytes, kind: str) -> Answer:
        """Send bytes as they are, with the token in a header."""
        token = TOKEN.search(self.get(path).text)
        headers = {"Content-Type": kind, "Referer": self.base + path}
        headers["X-CSRFToken"] = token[1] if token else ""
        request = urllib.request.Request(self.base + path, data=body, headers=headers, method="POST")
        return self._send(request)

    def _named(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {"Accept": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as response:
                answer = Answer(response.status, response.url, response.headers, response.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                answer = Answer(refusal.code, str(refusal.url), refusal.headers, refusal.read())
        if "text/html" in (answer.headers.get("Content-Type") or ""):
            self.last = answer
        return answer


def encode(pairs: Sequence[tuple[str, str]], files: Sequence[tuple[str, File]]) -> tuple[bytes, str]:
    """A form's body and its content type."""
    if not files:
        return urllib.parse.urlencode(pairs).encode(), "application/x-www-form-urlencoded"
    border = uuid.uuid4().hex
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, (filename, content) in files:
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts.append(f"{head}Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{border}--\r\n".encode()]), f"multipart/form-data; boundary={border}"

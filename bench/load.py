"""Many requests at once over kept connections, and how long each took."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

Request = tuple[str, str, dict[str, str], bytes]  # method, path, headers, body


@dataclass(slots=True)
class Result:
    """What a run of one kind of request gave. Times are in seconds."""

    seconds: float
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bytes: int = 0

    @property
    def per_second(self) -> float:
        """Answered requests a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """The time within which that share of the requests was answered, in milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def together(turns: Sequence[Result]) -> Result:
    """Several turns as one result."""
    statuses: Counter[int] = Counter()
    for turn in turns:
        statuses.update(turn.statuses)
    return Result(
        sum(turn.seconds for turn in turns),
        [taken for turn in turns for taken in turn.times],
        dict(statuses),
        sum(turn.bytes for turn in turns),
    )


def run(port: int, requests: Callable[[int], Iterator[Request]], connections: int, seconds: float) -> Result:
    """Send requests over so many connections for so long; `requests(n)` gives those of the n-th."""
    return asyncio.run(_run(port, requests, connections, seconds))


async def _run(
    port: int, requests: Callable[[int], Iterator[Request]], connections: int, seconds: float
) -> Result:
    result = Result(0)
    began = time.perf_counter()
    until = began + seconds
    async with asyncio.TaskGroup() as group:
        for number in range(connections):
            group.create_task(_connection(port, requests(number), until, result))
    result.seconds = time.perf_counter() - began
    return result


async def _connection(port: int, requests: Iterator[Request], until: float, result: Result) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    try:
        while time.perf_counter() < until:
            request = next(requests, None)
            if request is None:
                return
            began = time.perf_counter()
            writer.write(_wire(request))
            status, length = await _answer(reader)
            result.times.append(time.perf_counter() - began)
            result.statuses[status] = result.statuses.get(status, 0) + 1
            result.bytes += length
    finally:
        writer.close()
        await writer.wait_closed()


def _wire(request: Request) -> bytes:
    method, path, headers, body = request
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ", 2)[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if headers.get("transfer-encoding") == "chunked":
        return status, await _chunks(reader)
    length = int(headers.get("content-length", "0"))
    if length:
        await reader.readexactly(length)
    return status, length


async def _chunks(reader: asyncio.StreamReader) -> int:
    total = 0
    while True:
        size = int((await reader.readline()).strip(), 16)
        await reader.readexactly(size + 2)
        if not size:
            return total
        total += size

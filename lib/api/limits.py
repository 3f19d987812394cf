"""How often one client may ask: a bucket of tokens per address, in memory, refilled as time goes by."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from math import ceil

from starlette.requests import Request

from lib.api.problems import Problem

MINUTE = 60.0
CLIENTS = 10_000
"""Addresses remembered; whoever has not asked for longest is forgotten, and so has a full bucket."""


class Buckets:
    """`burst` requests at once, then `a_minute` of them in a minute."""

    def __init__(self, burst: int, a_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = float(burst), a_minute / MINUTE, clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> None:
        """Take one token. Raises Problem (429) where there is none, with the seconds until there is."""
        with self._lock:
            now = self._clock()
            left, then = self._left.get(client, (self._burst, now))
            left = min(self._burst, left + (now - then) * self._rate)
            enough = left >= 1
            self._left[client] = (left - 1 if enough else left, now)
            self._left.move_to_end(client)
            if len(self._left) > CLIENTS:
                self._left.popitem(last=False)
        if not enough:
            seconds = ceil((1 - left) / self._rate)
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"That is more than {self._rate * MINUTE:.0f} requests a minute: try again in {seconds} seconds.",
                headers={"Retry-After": str(seconds)},
            )


def client_of(request: Request, proxies: tuple[str, ...]) -> str:
    """The address that asks; behind a proxy named in the settings the one that the proxy saw.

    Whoever has one IPv6 address has 2^64 of them, so they count as one.
    """
    host = request.client.host if request.client else ""
    if host in proxies:
        host = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or host
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)  # noqa: PLR2004

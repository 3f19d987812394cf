"""What the settings say about outsiders who ask for data: how often, and which proxies speak for others."""

import tomllib
from dataclasses import dataclass

from lib.viewer import SETTINGS


@dataclass(frozen=True, slots=True)
class Rules:
    """`a_minute` requests of one address, `burst` of them at once; `proxies` are the addresses of our own proxies."""

    a_minute: int = 120
    burst: int = 60
    proxies: tuple[str, ...] = ()


def rules() -> Rules:
    """What `[api]` of data/settings.toml says; what it leaves out or gets wrong is as it is shipped."""
    try:
        told = tomllib.loads(SETTINGS.read_text(encoding="utf-8")).get("api")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Rules()
    if not isinstance(told, dict):
        return Rules()
    usual, proxies = Rules(), told.get("proxies", [])
    known = isinstance(proxies, list) and all(isinstance(proxy, str) for proxy in proxies)
    return Rules(
        a_minute=_number(told.get("requests_a_minute"), usual.a_minute),
        burst=_number(told.get("requests_at_once"), usual.burst),
        proxies=tuple(proxies) if known else (),
    )


def _number(told: object, usual: int) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else usual

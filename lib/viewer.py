"""Who is asking, and what they may do.

Fails closed: whatever is missing, unreadable or unknown means a public reader and no uploads.
"""

import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

SETTINGS = Path(__file__).parent.parent / "data" / "settings.toml"
PUBLIC, CITY, RESEARCHER, PROGRAMME = "public", "city", "researcher", "programme"
ROLES = (PUBLIC, CITY, RESEARCHER, PROGRAMME)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The reader: one of ROLES, and the ids of the cities they belong to."""

    role: str = PUBLIC
    cities: tuple[str, ...] = ()


def viewer() -> Viewer:
    """Whom `[viewer]` of data/settings.toml names; the environment variables COHORT_VIEWER and COHORT_CITIES (ids with
    commas between them) override its role and its cities. A city's viewer without a city is a public reader.
    """
    told = _table("viewer")
    given = os.environ.get("COHORT_CITIES", "")
    cities = [id_.strip() for id_ in given.split(",") if id_.strip()] or told.get("cities", [])
    return _known(os.environ.get("COHORT_VIEWER") or told.get("role"), cities)


def outsider() -> Viewer:
    """Who asks the data addresses without being known: whom `[api]` of data/settings.toml names, else the public."""
    return _known(_table("api").get("role"), [])


def _known(role: object, cities: object) -> Viewer:
    """This viewer, or the public where anything about them is not understood."""
    if not isinstance(cities, list) or not all(isinstance(city, str) and city for city in cities):
        return Viewer()
    if not isinstance(role, str) or role not in ROLES or (role == CITY and not cities):
        return Viewer()
    return Viewer(role, tuple(sorted(set(cities))) if role in (CITY, PROGRAMME) else ())


def told_of_certified() -> tuple[str, ...]:
    """Ids of the attributes that everybody may know of a certified city, by `[certified]` of data/settings.toml."""
    told = _table("certified").get("attributes")
    return tuple(id_ for id_ in told if isinstance(id_, str)) if isinstance(told, list) else ()


def may_upload() -> bool:
    """Only a programme manager, and only where `[intake] uploads = true` says so."""
    return viewer().role == PROGRAMME and _table("intake").get("uploads") is True


def _table(name: str) -> Mapping[str, Any]:
    """One table of the settings; empty where there is none to read. Other tables are somebody else's."""
    try:
        table = _parsed(SETTINGS.read_text(encoding="utf-8")).get(name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        log.warning("%s: cannot be read, so everybody is the public: %s", SETTINGS.name, fault)
        return {}
    return table if isinstance(table, dict) else {}


@lru_cache(maxsize=1)
def _parsed(text: str) -> Mapping[str, Any]:
    """Settings as read: every link of a page asks who is reading, and the file is the same nearly always."""
    return tomllib.loads(text)

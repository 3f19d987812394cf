"""Who is asking, and what they may do.

Fails closed: whatever is missing, unreadable or unknown means a public reader and no uploads.
"""

import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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
    """Whom `[viewer]` of data/settings.toml names; the environment variable COHORT_VIEWER overrides the role."""
    told = _table("viewer")
    role, cities = os.environ.get("COHORT_VIEWER") or told.get("role"), told.get("cities", [])
    known = isinstance(cities, list) and all(isinstance(city, str) for city in cities)
    return Viewer(role, tuple(cities)) if role in ROLES and known else Viewer()


def may_upload() -> bool:
    """Only a programme manager, and only where `[intake] uploads = true` says so."""
    return viewer().role == PROGRAMME and _table("intake").get("uploads") is True


def _table(name: str) -> Mapping[str, Any]:
    """One table of the settings; empty where there is none to read. Other tables are somebody else's."""
    try:
        table = tomllib.loads(SETTINGS.read_text(encoding="utf-8")).get(name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        log.warning("%s: cannot be read, so nobody may upload: %s", SETTINGS.name, fault)
        return {}
    return table if isinstance(table, dict) else {}

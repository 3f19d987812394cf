"""How the pipeline publishes: the table [publishing] of data/settings.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from lib.release import LEAST

SETTINGS = Path(__file__).parent.parent / "data" / "settings.toml"


class SettingsError(ValueError):
    """A settings file that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`versions_kept`: databases on disk, the published one among them. `told_together`: new cities of a cycle and
    stage of which a city's viewers and the public are told at once.
    """

    versions_kept: int
    told_together: int = 10


def load_settings(path: Path = SETTINGS) -> Settings:
    """Read it. Other tables are somebody else's. Raises SettingsError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("publishing", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsError(f"{path.name}: cannot be read: {fault}") from fault
    _whole(path, "versions_kept", table.get("versions_kept"), 1)
    if "told_together" in table:
        _whole(path, "told_together", table["told_together"], LEAST)
    if unknown := table.keys() - {"versions_kept", "told_together"}:
        raise SettingsError(f"{path.name}: publishing.{min(unknown)} is not a setting")
    return Settings(**table)


def _whole(path: Path, name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise SettingsError(f"{path.name}: publishing.{name} must be a whole number from {least}")

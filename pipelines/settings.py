"""How the pipeline publishes: the table [publishing] of data/settings.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SETTINGS = Path(__file__).parent.parent / "data" / "settings.toml"


class SettingsError(ValueError):
    """A settings file that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`versions_kept`: databases on disk, the published one among them."""

    versions_kept: int


def load_settings(path: Path = SETTINGS) -> Settings:
    """Read it. Other tables are somebody else's. Raises SettingsError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("publishing", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsError(f"{path.name}: cannot be read: {fault}") from fault
    kept = table.get("versions_kept")
    if not isinstance(kept, int) or isinstance(kept, bool) or kept < 1:
        raise SettingsError(f"{path.name}: publishing.versions_kept must be a whole number from 1")
    if unknown := table.keys() - {"versions_kept"}:
        raise SettingsError(f"{path.name}: publishing.{min(unknown)} is not a setting")
    return Settings(kept)

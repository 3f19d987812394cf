"""The secret from which pseudonyms and noise are made: who has it can tell who is who, so it is in no repository."""

import logging
import os
import secrets
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRETS = ROOT / ".streamlit" / "secrets.toml"
FILE = ROOT / "data" / "secret.key"
SHORTEST = 16  # characters: less can be guessed
log = logging.getLogger(__name__)


def key() -> str:
    """`[confidentiality] key` of .streamlit/secrets.toml, else the key of data/secret.key, made on first use.

    Where neither can be read or written it is one of this process alone: pseudonyms change with a restart.
    """
    return _told() or _kept() or _passing()


def known() -> bool:
    """Is there a key to be read? Asked where one made just now would be another than the one that is meant."""
    return bool(_told()) or FILE.is_file()


def _told() -> str:
    try:
        table = tomllib.loads(SECRETS.read_text(encoding="utf-8")).get("confidentiality", {})
        told = table.get("key", "") if isinstance(table, dict) else ""
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):  # ValueError: not UTF-8, or not TOML; its words could quote the secret
        log.warning("%s cannot be read: a key of its own is used instead", SECRETS.name)
        return ""
    return _long_enough(told, SECRETS)


def _kept() -> str:
    try:
        _make_once()
        return _long_enough(FILE.read_text(encoding="ascii").strip(), FILE)
    except (OSError, ValueError):
        log.warning("%s can neither be read nor made: pseudonyms will change with a restart", FILE.name)
        return ""


def _make_once() -> None:
    """Whole and for its owner alone from the first moment on; whoever comes second reads the first one's."""
    if FILE.exists():
        return
    new = FILE.with_name(f".{FILE.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        FILE.hardlink_to(new)
    except FileExistsError:
        log.debug("%s was made by another process", FILE.name)
    finally:
        new.unlink()


def _long_enough(told: object, source: Path) -> str:
    if isinstance(told, str) and len(told) >= SHORTEST:
        return told
    if told:
        log.warning("The key in %s is not a text of at least %d characters and is not used", source.name, SHORTEST)
    return ""


@cache
def _passing() -> str:
    return secrets.token_hex(32)

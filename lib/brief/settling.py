"""Every text of a brief as it can be set: on one line, without what no page shows, broken only where it may be."""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")
_HOLD = "\u00a0"
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, marks of direction, halves of pairs, private use, no characters
_JOINERS = "\u200c\u200d"  # of the same kind, but some scripts are spelt with them


def settled(part: T) -> T:
    """The same part of a brief with each of its texts settled."""
    return _settled(part)  # type: ignore[no-any-return]


def _settled(value: Any) -> Any:  # noqa: ANN401 - texts, numbers, and parts made of them
    if isinstance(value, str):
        return settled_text(value)
    if isinstance(value, tuple):
        return tuple(map(_settled, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _settled(getattr(value, field.name)) for field in fields(value)})
    return value


def settled_text(text: str) -> str:
    """A line never breaks inside "29 of 43 (67 %)" nor behind an arrow; what cannot be shown is left out."""
    line = " ".join(text.split()) if text.isprintable() else " ".join("".join(map(_shown, text)).split())
    line = line.replace(" %", f"{_HOLD}%")
    line = re.sub(r"(?<=\d) of (?=\d)", f"{_HOLD}of{_HOLD}", line)
    return re.sub(r"(?<=[▲▼]) ", _HOLD, line)


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _HIDDEN and character not in _JOINERS else character

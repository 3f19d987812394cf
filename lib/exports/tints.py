"""The colours that a spreadsheet takes over from the heatmap: of statuses, and of shares in steps of maturity."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from lib.theme import DEEP, LIGHT

_STATUSES = {
    "met": (LIGHT.met, LIGHT.on_met),
    "partly_met": (LIGHT.partly_met, LIGHT.on_partly_met),
    "not_met": (LIGHT.not_met, LIGHT.on_not_met),
    "blocked": (LIGHT.blocked, LIGHT.on_blocked),
    "not_answered": (LIGHT.not_assessed, LIGHT.on_not_assessed),
    "not_applicable": (LIGHT.not_assessed, LIGHT.on_not_assessed),
}
_SHARES = ("share", "pass_rate", "rate_now", "rate_before")


def tints() -> dict[str, dict[str, Any]]:
    """The look of each tint that `rules` names."""
    steps = len(LIGHT.maturity)
    text = [LIGHT.on_deep if place >= steps - DEEP else LIGHT.on_tint for place in range(steps)]
    looks = {**_STATUSES, **{f"step {n}": pair for n, pair in enumerate(zip(LIGHT.maturity, text, strict=True))}}
    return {name: {"bg_color": ground, "font_color": ink} for name, (ground, ink) in looks.items()}


def rules(name: str, column: pa.ChunkedArray) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tint ('' for none) and condition of each colour that a column may show, the first that holds being the last."""
    if pa.types.is_floating(column.type) and name.endswith(_SHARES):
        yield "", {"type": "blanks", "stop_if_true": True}  # a spreadsheet takes them for 0
        for place in reversed(range(len(LIGHT.maturity))):
            least = place / len(LIGHT.maturity)
            yield f"step {place}", {"type": "cell", "criteria": ">=", "value": least, "stop_if_true": True}
    elif _are_statuses(column):
        for status in _STATUSES:
            yield status, {"type": "cell", "criteria": "==", "value": f'"{status}"'}


def _are_statuses(column: pa.ChunkedArray) -> bool:
    if not pa.types.is_string(column.type):
        return False
    seen = set(column.slice(0, 200).unique().to_pylist()) - {None}
    return bool(seen) and seen <= _STATUSES.keys()

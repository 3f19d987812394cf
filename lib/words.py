"""Numbers as readers see them: the one place that turns a count, a rate or a change into words.

Pure text, no Streamlit: findings, charts, pages and exports say a number the same way.
"""

import math

from lib.selection import MINIMUM_N

_ALL = 100
NOT_ENOUGH = "not enough {units} to say"


def road_title(*, levels: bool) -> str:
    """What the page about a city's way on is called, in the menu too: without levels there is no next one."""
    return "Next level" if levels else "What if"


def percent(share: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as "67 %", or an en dash where there is none.

    Only everything is "100 %" and only nothing is "0 %": what would round to them becomes "> 99 %" and "< 1 %".
    """
    if share is None or math.isnan(share):
        return "–"
    text = f"{half_up(share * 100, digits):.{digits}f}"
    step = 10.0**-digits
    if share < 1 and float(text) >= _ALL:
        return f"> {_ALL - step:.{digits}f} %"
    if share > 0 and float(text) <= 0:
        return f"< {step:.{digits}f} %"
    return f"{text} %"


def half_up(value: float, digits: int = 0) -> float:
    """Rounded as people and spreadsheets do: 62.5 is 63 and −62.5 is −63, where Python's own would say 62."""
    if not math.isfinite(value):
        return value
    scale = 10**digits
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


def number(value: float, digits: int = 1) -> str:
    """A number with thousands apart and no empty decimals: "1,234", "29.5"."""
    text = f"{half_up(value, digits):,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval(low: float | None, high: float | None) -> str:
    """The 95 % interval of a rate: "95 % interval 38 % to 46 %"; in words where there is no spread to make it of."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return "no interval: all alike"
    return f"95 % interval {percent(low)} to {percent(high)}"


def count_of(part: float, whole: float) -> str:
    """The count that stands with every share: "29 of 43"."""
    return f"{number(part)} of {number(whole)}"


def between(low: str, high: str) -> str:
    """What lies between two figures in words: "43 %" where they read alike, else "0 % to 7 %"."""
    return low if low == high else f"{low} to {high}"


def count_between(low: float, high: float, whole: float) -> str:
    """A count that is known within bounds: "0 to 1 of 24"."""
    return f"{between(number(low), number(high))} of {number(whole)}"


def share_of(part: float, whole: float) -> str:
    """A count with its share: "29 of 43 (67 %)"; of nothing, the count alone."""
    return f"{count_of(part, whole)} ({percent(part / whole)})" if whole else count_of(part, whole)


def rate(met: float, answered: float, units: str = "cities", least: int = MINIMUM_N) -> str:
    """A pass rate with its count, or a sentence where too few answered for a percentage to mean anything."""
    return NOT_ENOUGH.format(units=units) if answered < least else share_of(met, answered)


def p_text(p: float) -> str:
    """A probability as readers of statistics expect it: "0.034", "< 0.001"."""
    if math.isnan(p):
        return "–"
    return "< 0.001" if half_up(p, 3) == 0 else f"{half_up(p, 3):.3f}"


def counted(count: float, noun: str, plural: str | None = None) -> str:
    """A count with its unit: "1 city", "3 cities"."""
    return f"{number(count)} {noun if number(count) == '1' else plural or noun + 's'}"


def signed_points(change: float | None) -> str:
    """A change between two shares in percentage points, never by colour alone: "▲ +4 points", "▼ −3 points"."""
    if change is None or math.isnan(change):
        return "–"
    points = half_up(change * 100)
    if points == 0:
        return "no change"
    return f"{'▲ +' if points > 0 else '▼ −'}{counted(abs(points), 'point')}"


def signed(change: float, noun: str, plural: str | None = None) -> str:
    """A change of a count: "▲ +3 cities", "▼ −1 city"."""
    if number(abs(change)) == "0":
        return "no change"
    return f"{'▲ +' if change > 0 else '▼ −'}{counted(abs(change), noun, plural)}"


def listed(names: list[str], most: int = 3) -> str:
    """Names in a row as people say them: "Lima, Cusco and 4 more"."""
    shown, left = names[:most], len(names) - most
    if left > 0:
        return f"{', '.join(shown)} and {left} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))

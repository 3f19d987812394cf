"""What changed between two cycles, in sentences: each computed from the frames that the page draws."""

from dataclasses import dataclass

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.words import NOT_ENOUGH, count_of, counted, half_up, number, percent

FALSE_FINDS = 0.10
"""What is marked among many tests holds at most this share of false finds, on average (Benjamini–Hochberg)."""


@dataclass(frozen=True, slots=True)
class Span:
    """The two cycles in words. `later`: the compared cycle is the later one. `unit`: one and many of the score."""

    cycle: str
    versus: str
    later: bool
    unit: tuple[str, str]

    @property
    def since(self) -> str:
        """ "since 2024", or "against 2026" where time runs the other way."""
        return f"{'against' if self.later else 'since'} {self.versus}"

    @property
    def joined(self) -> str:
        """Who is in the selected cycle only."""
        return f"Only in {self.cycle}"

    @property
    def left(self) -> str:
        """Who is in the compared cycle only."""
        return f"Only in {self.versus}"

    def counts(self, change: float) -> bool:
        """Whether a change is as large as a reader can see."""
        return half_up(abs(change), 1) > 0

    def plain(self, change: float) -> str:
        """The same without an arrow: "+1.8", "−0.3", "0"."""
        return f"{'' if not self.counts(change) else '+' if change > 0 else '−'}{number(abs(change))}"

    def signed(self, change: float) -> str:
        """A change of the score: "▲ +1.8", "▼ −0.3", "no change"."""
        return f"{'▲ +' if change > 0 else '▼ −'}{number(abs(change))}" if self.counts(change) else "no change"


def change_finding(
    parts: pd.DataFrame, cities: pd.DataFrame, standard: Standard, span: Span, *, indicative: bool
) -> str:
    """How the same cities changed, how surely, and what the mean of all cities made of it.

    `parts`: change_parts; `cities`: city_changes.
    """
    both = cities.dropna(subset=["before", "now"])
    if len(both) < MINIMUM_N:
        return _too_few(len(both), cities, standard, span)
    panel = parts.set_index("part").loc["panel"]
    by = "By their own answers, the" if indicative else "The"
    same = f"{by} same {counted(len(both), standard.noun, standard.noun_plural)} {_moved(panel, span)}"
    return f"{same}: {_each(both, span)}.{_whole(parts, panel['value'], standard, span)}"


def _too_few(both: int, cities: pd.DataFrame, standard: Standard, span: Span) -> str:
    one, many = standard.noun, standard.noun_plural
    if not len(cities.dropna(subset="before")):
        return f"No {one} of this selection has a score in {span.versus}: there is nothing to compare with."
    if both == 0:
        return f"No {one} is in both cycles: a change {span.since} would be that of other {many}."
    are = "is" if both == 1 else "are"
    return f"Only {counted(both, one, many)} {are} in both cycles: {NOT_ENOUGH.format(units=many)} what changed."


def _moved(panel: pd.Series, span: Span) -> str:
    """ "meet 1.8 criteria more than in 2024 (95 % interval 0.9 to 2.7)"."""
    criteria, change = span.unit[0] == "criterion", panel["value"]
    sure = f"95 % interval {span.plain(panel['low'])} to {span.plain(panel['high'])}"
    if pd.isna(panel["low"]):
        sure = "no interval: all alike"
    if not span.counts(change):
        verb = "meet on average as many criteria as" if criteria else "score on average the same as"
        return f"{verb} in {span.versus} ({sure})"
    more = ("more" if criteria else "higher") if change > 0 else ("fewer" if criteria else "lower")
    chance = ", so it may be chance" if panel["low"] <= 0 <= panel["high"] else ""
    much = f"{'meet' if criteria else 'score'} {counted(abs(change), *span.unit)} {more}"
    return f"{much} than in {span.versus} on average ({sure}{chance})"


def _each(both: pd.DataFrame, span: Span) -> str:
    change = both["now"] - both["before"]
    rose, fell = int((change > 0).sum()), int((change < 0).sum())
    up, down = ("stand higher", "lower") if span.later else ("rose", "fell")
    if rose in (0, len(both)) and fell in (0, len(both)):
        return (
            f"all {up}" if rose else f"all {'stand ' if span.later else ''}{down}" if fell else "none of them changed"
        )
    still = len(both) - rose - fell
    where = f"{'stand' if span.later else 'stayed'} where they were"
    return f"{number(rose)} {up}, {number(fell)} {down}, {number(still)} {where}"


def _whole(parts: pd.DataFrame, panel: float, standard: Standard, span: Span) -> str:
    """What the mean of all cities did, where that is another thing than what the same cities did."""
    value = parts.set_index("part")["value"]
    total = value["now"] - value["before"]
    if not span.counts(total - panel):
        return ""
    moved = f"{'differs' if span.later else 'moved'} by {span.signed(total)}" if span.counts(total) else "is the same"
    others = value["entrants"] + value["leavers"]
    causes = (
        (f"other {standard.noun_plural} take part", others),
        ("the standard asks other things", value.get("standard", 0.0)),
    )
    why = " and ".join(cause for cause, part in causes if span.counts(part))
    return f" The mean of all {moved}{f', because {why}' if why else ''}."


def transitions_title(placed: pd.DataFrame, standard: Standard, span: Span, *, indicative: bool) -> str:
    """How many moved up and down. `placed`: cities on the ladder (start, end; −1 = not there)."""
    both = placed[(placed["start"] >= 0) & (placed["end"] >= 0)]
    if both.empty:
        return f"No {standard.noun} is in both cycles"
    up, down = int((both["end"] > both["start"]).sum()), int((both["end"] < both["start"]).sum())
    mark = " (indicative)" if indicative and standard.levels else ""
    step = f"level{mark}" if standard.levels else f"quarter of the scores of {span.versus}"
    who = counted(len(both), standard.noun, standard.noun_plural)
    if up == down == 0:
        return f"{'All' if len(both) > 1 else 'The'} {who} in both cycles kept the same {step}"
    side = "stand on a higher" if span.later else "moved to a higher"
    fell = f"{number(down) if down else 'none'} {'on' if span.later else 'to'} a lower one"
    return f"{number(up)} of {who} in both cycles {side} {step}, {fell}"


def gains_title(data: pd.DataFrame, *, noun_plural: str) -> str:
    """How many criteria changed by more than chance, and which most. `data`: criterion_gains."""
    known = data.dropna(subset="p")
    if known.empty:
        return f"{NOT_ENOUGH.format(units=noun_plural).capitalize()} which criteria changed"
    stands = known[known["q"] <= FALSE_FINDS]
    of = counted(len(known), "criterion", "criteria")
    if stands.empty:
        return f"None of {of} changed by more than chance may explain{_most(known)}"
    gained, lost = int((stands["net"] > 0).sum()), int((stands["net"] < 0).sum())
    ways = " and ".join(f"{number(n)} {way}" for n, way in ((gained, "gained"), (lost, "lost")) if n)
    if len(stands) == 1:
        return f"{count_of(1, len(known))} criteria changed by more than chance{_most(stands).replace('; most', ':')}"
    return f"{count_of(len(stands), len(known))} criteria changed by more than chance: {ways}{_most(stands)}"


def _most(data: pd.DataFrame) -> str:
    """The one that moved most, unless several did."""
    most = data[data["net"].abs() == data["net"].abs().max()]
    row = most.iloc[0]
    if len(most) > 1 or row["net"] == 0:
        return ""
    does = "does" if row["lost"] == 1 else "do"
    ways = f"{number(row['gained'])} came to meet it, {number(row['lost'])} no longer {does}"
    return f"; most “{row['short_name']}” ({ways})"


def movers_title(top: pd.DataFrame, standard: Standard, span: Span) -> str:
    """What the most improved gained, and how much of it their start led one to expect. `top`: their movements."""
    if top.empty:
        return f"No {standard.noun} {'stands higher' if span.later else 'improved'} {span.since}"
    gain, expected = top["change"].mean(), top["expected"].mean()
    who = f"The {number(len(top))} most improved" if len(top) > 1 else f"The most improved {standard.noun}"
    gained = f"{who} gained {counted(gain, *span.unit)}{' on average' if len(top) > 1 else ''} {span.since}"
    if pd.isna(expected):
        return gained
    if expected >= gain:
        return f"{gained}, no more than others that started there"
    part = number(expected) if span.counts(max(expected, 0)) else "none"
    return f"{gained}; {part} of it was to be expected from where they started"


def caution(both: pd.DataFrame, top: pd.DataFrame, standard: Standard, span: Span) -> str:
    """What regression to the mean does to a list of the most improved. `both`: movements; `top`: those named."""
    many, r = standard.noun_plural, both["before"].corr(both["now"]) if len(both) > 2 else float("nan")  # noqa: PLR2004
    if pd.isna(r):
        return f"Too few {many} started apart to say what a start leads one to expect."
    first = (
        f"Read names with caution: the two scores correlate at r = {r:.2f}, and below 1 a low start tends to rise and "
        f"a high one to fall whatever anyone did (regression to the mean). The line is what {many} with that start "
        "changed on average; only what lies beyond it is their own."
    )
    if top.empty:
        return first
    gain, expected, mean = top["change"].mean(), top["expected"].mean(), both["change"].mean()
    share = f" ({percent(expected / gain)})" if expected > 0 else ""
    return (
        f"{first} Of the {number(gain)} that the most improved gained, it explains {span.plain(expected)}{share}: "
        f"{span.plain(mean)} that all {many} changed by, {span.plain(expected - mean)} for where they started."
    )


def parts_title(parts: pd.DataFrame, standard: Standard, span: Span) -> str:
    """From the mean before to the mean now, and what the same cities have to do with it. `parts`: change_parts."""
    value = parts.set_index("part")["value"]
    others = value["now"] - value["before"] - value["panel"]
    means = f"Mean {number(value['before'])} in {span.versus}, {number(value['now'])} in {span.cycle}"
    same = f"{means}: {span.signed(value['panel'])} by the same {standard.noun_plural}"
    return f"{same}, {span.signed(others)} by all else" if span.counts(others) else same


def crosswalk_title(data: pd.DataFrame) -> str:
    """How many criteria can be compared. `data`: crosswalk."""
    own = data.dropna(subset="criterion_id").drop_duplicates("criterion_id")
    compared = set(data.loc[data["compared"], "criterion_id"])
    return f"{count_of(len(compared), len(own))} criteria can be compared with those of the other standard"

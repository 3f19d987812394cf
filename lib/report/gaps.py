"""What the city does not meet, ranked, and the smallest set of it that reaches the next level."""

from collections.abc import Iterator

import pandas as pd

from lib.brief.sentences import whole_name
from lib.report.asked import Asked
from lib.report.parts import Gap, Gaps, Road, Step
from lib.report.telling import INDICATIVE, known
from lib.twins.peers import peer_rate
from lib.twins.statuses import STATUS
from lib.words import counted, number, percent

_MOST = 0.5  # "most peers" are more than half of them


def gaps_part(asked: Asked, gaps: pd.DataFrame) -> Gaps:
    """Every criterion not met, in the order of the query. `gaps`: city_gaps."""
    rows = tuple(_gap(asked, row) for _, row in gaps.iterrows())
    return Gaps(
        title=_title(rows),
        caption="Ranked by leverage: how many peers meet it, what it adds and unlocks, and whether it is on the road. "
        f"Peers: {asked.standard.noun_plural} that answered it.",
        marks="Dot and line: share of the peers that meet it, with its 95 % interval.",
        alt=f"Table: criteria that {asked.ours} does not meet, with the share of its peers that meet each.",
        rows=rows,
        more=tuple(_more(len(rows) - shown, asked) for shown in range(len(rows) + 1)),
    )


def _title(rows: tuple[Gap, ...]) -> str:
    if not rows:
        return "No gaps: every criterion asked is met"
    many = f"{counted(len(rows), 'gap')}"
    often = sum(row.rate is not None and row.rate > _MOST for row in rows)
    if not any(row.rate is not None for row in rows):
        return many
    some = {0: "none", len(rows): "all"}.get(often, number(often))
    return f"{many}; most peers meet {some} of them" if len(rows) > 1 else f"{many}; {_of_one(often)}"


def _of_one(often: int) -> str:
    return "most peers meet it" if often else "half of the peers or fewer meet it"


def _more(left: int, asked: Asked) -> str:
    if not left:
        return ""
    return f"And {number(left)} more: on the page Gaps of the dashboard, and in the HTML form of this card."


def _gap(asked: Asked, row: pd.Series) -> Gap:
    low, high = known(row["rate_low"]), known(row["rate_high"])
    few = low is None or high is None
    return Gap(
        rank="–" if pd.isna(row["rank"]) else number(row["rank"]),
        code=str(row["criterion_id"]),
        name=whole_name(str(row["short_name"]), str(row["text"])),
        text=str(row["text"]),
        area=str(row["area"]),
        status=STATUS.get(str(row["status"]), str(row["status"])),
        rate=None if low is None or high is None else (low + high) / 2,
        low=None if few else known(row["low"]),
        high=None if few else known(row["high"]),
        told=peer_rate(row),
        interval="–" if few else f"{percent(row['low'])} to {percent(row['high'])}",
        marks=tuple(_marks(asked, row)),
    )


def _marks(asked: Asked, row: pd.Series) -> Iterator[str]:
    """What else is known of a gap, a few words each."""
    if row["status"] != "not_met":
        yield STATUS.get(str(row["status"]), str(row["status"]))
    if row["on_road"]:
        yield "On the road"
    if row["unlocks"]:
        yield f"Unlocks {counted(row['unlocks'], 'criterion', 'criteria')}"
    if row["waits_for"]:
        yield f"Needs {row['waits_for']} first"
    if known(row["next_share"]) is not None:
        ends = f"{percent(row['next_low'])} to {percent(row['next_high'])}"
        similar = f"{number(row['next_n'])} similar {asked.standard.noun_plural}"
        yield f"Met next by {percent(row['next_share'])} of {similar} ({ends})"


def road_part(asked: Asked, gaps: pd.DataFrame) -> Road | None:
    """The way to the next level; None where the standard has no levels. `gaps`: city_gaps."""
    city, standard = asked.city, asked.standard
    if not standard.levels:
        return None
    mark = f" {INDICATIVE}" if asked.indicative else ""
    if pd.isna(city["score"]):
        return Road("No score, so no distance to a level", "Not every practice area was answered.", ())
    if pd.isna(city["next_level"]):
        return Road(f"{city['level']}{mark} is the highest level", "What is left to meet stands among the gaps.", ())
    steps = tuple(_step(asked, row) for _, row in gaps[gaps["on_road"]].iterrows())
    goal = f"{city['next_level']}{mark}"
    if not steps:
        return Road(f"The road to {goal}", f"No set of open criteria reaches {goal}.", ())
    these = "this criterion" if len(steps) == 1 else f"these {number(len(steps))} criteria"
    return Road(
        f"The road to {goal}: {counted(len(steps), 'criterion', 'criteria')}",
        f"With {these} met and nothing lost, {asked.ours} reaches {goal}. No smaller set does; where several do, the "
        "one that most peers meet. Try others on the page Next level.",
        steps,
    )


def _step(asked: Asked, row: pd.Series) -> Step:
    told = peer_rate(row)
    return Step(str(row["criterion_id"]), whole_name(str(row["short_name"]), str(row["text"])), str(row["area"]), told)

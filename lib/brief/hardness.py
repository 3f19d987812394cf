"""The criteria that fewest and that most cities meet, each with its interval."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lib.brief.parts import Rate, RateBlock, Rates
from lib.brief.sentences import easiest_finding, whole_name
from lib.findings import criteria_finding
from lib.standard import Standard
from lib.words import percent, share_of

SHOWN = 10
"""So many at either end; a standard with no more than twice as many shows all of them once."""


def rates_part(rates: pd.DataFrame, standard: Standard) -> Rates | None:
    """`rates`: criterion_rates. None where no criterion was answered often enough for a rate."""
    known = rates.dropna(subset="pass_rate").sort_values("pass_rate", kind="stable")
    if known.empty:
        return None
    one, many = standard.noun, standard.noun_plural
    hardest = criteria_finding(rates, noun=one, noun_plural=many).removesuffix(".")
    return Rates(
        title=hardest,
        caption=f"Pass rate = {many} that meet a criterion ÷ {many} that answered it; the line: its 95 % Wilson "
        "interval. Intervals that overlap do not show that two rates are equal.",
        blocks=tuple(_blocks(known, hardest, many)),
    )


def _blocks(known: pd.DataFrame, hardest: str, many: str) -> Iterator[RateBlock]:
    """`known`: rates, the lowest first; `hardest`: what is found about the lowest."""
    if len(known) <= 2 * SHOWN:
        yield _block("All criteria, the hardest first", hardest, known)
        return
    easiest = known.sort_values("pass_rate", ascending=False, kind="stable").head(SHOWN)
    yield _block("Met by the fewest", hardest, known.head(SHOWN))
    yield _block("Met by the most", easiest_finding(easiest, many), easiest)


def _block(title: str, finding: str, part: pd.DataFrame) -> RateBlock:
    rows = tuple(_rate(row) for row in part.itertuples())
    told = "; ".join(f"{row.code} {row.name}: {row.text}, {row.interval}" for row in rows)
    return RateBlock(title, finding, f"Pass rates with 95 % intervals. {told}.", rows)


def _rate(row: Any) -> Rate:  # noqa: ANN401  (a row of itertuples has no type of its own)
    return Rate(
        code=str(row.criterion_id),
        name=whole_name(row.short_name, row.text),
        area=str(row.area),
        rate=float(row.pass_rate),
        low=float(row.low),
        high=float(row.high),
        text=share_of(row.met, row.answered),
        interval=f"{percent(row.low)} to {percent(row.high)}",
    )

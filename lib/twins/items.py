"""Twins of what criteria are worth as items: how hard, how well they tell cities apart, which go together."""

from typing import Any

import numpy as np
import pandas as pd

from lib.standard import Standard
from lib.twins.change import FALSE_FINDS
from lib.twins.statuses import rate_texts
from lib.words import NOT_ENOUGH, count_of, counted, number, p_text, share_of

LOW = 0.2
"""An item-rest correlation below this tells little (Ebel and Frisbie, Essentials of Educational Measurement, 1991)."""

_NAME = 19  # characters
_WHOLE = 10  # odds ratios from here on have no decimals: nobody knows them so well
_FEW = 0.05  # of the cities: fewer on one side, and a correlation says little about the criterion
_ALIKE = "all answer alike"
_NEGATIVE = "negative"
_LITTLE = "tells little"
_MAYBE = "may tell little"
_EDGE = "hardly any differ"
_WELL = "tells strong from weak"
ADVICE = {
    _NEGATIVE: "{many} that are strong elsewhere meet it less often. Read its wording and how it was validated; do not "
    "compare {many} by it before that is clear.",
    _LITTLE: "hardly tied to the rest. It may measure something of its own, be read differently from {one} to {one} or "
    "have loose evidence: look at its wording and evidence before a course on it.",
    _MAYBE: "seems hardly tied to the rest, but that may be chance: look again with more {many}.",
    _EDGE: "nearly all or nearly none meet it, so it can tell few apart, whatever its wording.",
    _ALIKE: "all answer alike, so it tells nobody apart.",
}


def difficulty_rows(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The criteria with `verdict` (in a few words), `advice` (what to do about it, if anything) and a hover."""
    verdict = [_verdict(*row) for row in zip(data["r"], data["r_high"], data["met"], data["answered"], strict=True)]
    one, many = standard.noun, standard.noun_plural
    words = {key: text.format(many=many, one=one) for key, text in ADVICE.items()}
    hover = [
        f"{row.criterion_id} {row.short_name}\n{share_of(row.met, row.answered)} of the {many} that answered met it\n"
        f"item-rest correlation {_r(row.r)}, 95 % interval {_r(row.r_low)} to {_r(row.r_high)}: {said}"
        for row, said in zip(data.itertuples(), verdict, strict=True)
    ]
    return data.assign(verdict=verdict, advice=[words.get(said, "") for said in verdict], hover=hover)


def difficulty_title(rows: pd.DataFrame, standard: Standard, least: int) -> str:
    """Which criteria tell cities apart worst. `rows`: difficulty_rows."""
    known = rows.dropna(subset="r")
    if known.empty:
        most = int(rows["answered"].max()) if len(rows) else 0
        return (
            f"How well criteria tell {standard.noun_plural} apart is shown from {least} {standard.noun_plural} that "
            f"answered; here {_are(most)}"
            if most < least
            else f"All {standard.noun_plural} answer alike: no criterion tells them apart"
        )
    negative, little, maybe = (known[known["verdict"] == verdict] for verdict in (_NEGATIVE, _LITTLE, _MAYBE))
    strong = f"how strong {_article(standard.noun)} {standard.noun} is in the rest"
    if len(negative):
        return f"{_named(negative)}: met less often by {standard.noun_plural} that are strong in the rest"
    if len(little):
        return f"{_named(little)}: hardly tied to {strong}"
    if len(maybe):
        return f"{_named(maybe)}: perhaps hardly tied to {strong}, but that may be chance"
    best = known.loc[known["r"].idxmax()]
    every = "Every criterion tells" if len(known) == len(rows) else f"{count_of(len(known), len(rows))} criteria tell"
    return f"{every} strong {standard.noun_plural} from weak ones, “{best['short_name']}” most ({_r(best['r'])})"


def advice(rows: pd.DataFrame) -> str:
    """What the verdicts of these criteria mean and what to do about each, in the order of ADVICE."""
    said = dict(zip(rows["verdict"], rows["advice"], strict=True))
    return " ".join(f"{verdict.capitalize()}: {said[verdict]}" for verdict in ADVICE if verdict in said)


def difficulty_table(rows: pd.DataFrame, units: str) -> pd.DataFrame:
    """One row per criterion: pass rate, item-rest correlation with its interval and its cities, what to do."""
    between = [
        "–" if pd.isna(low) else f"{_r(low)} to {_r(high)}"
        for low, high in zip(rows["r_low"], rows["r_high"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Code": rows["criterion_id"],
            "Criterion": rows["short_name"],
            "Practice area": rows["area"],
            "Pass rate": rate_texts(rows, units),
            "Item-rest correlation": rows["r"].round(2),
            "95 % interval": between,
            units.capitalize(): rows["r_cities"],
            "Reads as": rows["verdict"],
            "What to do": rows["advice"],
            "Text": rows["text"],
        }
    )


def pair_rows(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The pairs as rows of a chart: id, label, narrow, value, low, high, stands, number, hover."""
    stands = ((data["q"] <= FALSE_FINDS) & (data["odds"] > data["usual"])).to_numpy()
    both = [f"{row.criterion_id} + {row.other_id}" for row in data.itertuples()]
    hover = [
        f"{row.criterion_id} {row.short_name}\n{row.other_id} {row.other_name}\n{_fourfold(row, standard)}\n"
        f"odds ratio {_ratio(row)}, 95 % interval {_odds(row.low)} to {_odds(row.high)}\n"
        f"p = {p_text(row.p)}, Benjamini–Hochberg q = {p_text(row.q)}"
        for row in data.itertuples()
    ]
    label = [
        f"{row.criterion_id} {_short(row.short_name)} + {row.other_id} {_short(row.other_name)}"
        for row in data.itertuples()
    ]
    return data.assign(
        id=data["criterion_id"],
        label=label,
        narrow=both,
        value=data["odds"],
        stands=stands,
        number=[_ratio(row) for row in data.itertuples()],
        hover=hover,
    )


def pairs_title(rows: pd.DataFrame, standard: Standard, least: int) -> str:
    """Which pair goes together most surely, and how many do. `rows`: pair_rows of every pair, the surest first."""
    cities = int(rows["cities"].max()) if len(rows) else 0
    if cities < least:
        who = f"{least} {standard.noun_plural} that answered most criteria"
        return f"Which criteria travel together is shown from {who}; here {_are(cities)}"
    known, marked = rows.dropna(subset="odds"), rows[rows["stands"]]
    pairs = counted(len(known), "pair")
    if marked.empty:
        return f"No pair of criteria is met together more often than pairs usually are: {pairs} looked at"
    first = marked.iloc[0]
    who = f"“{first['short_name']}” and “{first['other_name']}”"
    odds = _ratio(first)
    if len(marked) == 1:
        return f"{who} travel together, the only one of {pairs}: odds ratio {odds}"
    return f"{count_of(len(marked), len(known))} pairs travel together, {who} most surely: odds ratio {odds}"


def pairs_table(rows: pd.DataFrame, units: str) -> pd.DataFrame:
    """One row per pair: who meets both, one or neither, and the odds ratio among equally strong cities."""
    columns: dict[str, Any] = {
        "Code": rows["criterion_id"],
        "Criterion": rows["short_name"],
        "With": rows["other_id"],
        "Criterion with it": rows["other_name"],
        "Same practice area": np.where(rows["area_id"] == rows["other_area"], "yes", ""),
        f"Both met, {units}": rows["both"],
        "Only the first": rows["only_first"],
        "Only the second": rows["only_second"],
        "Neither": rows["neither"],
        "Odds ratio": rows["odds"].round(2),
        "From (95 %)": rows["low"].round(2),
        "To": rows["high"].round(2),
        "p": rows["p"].round(5),
        "q (Benjamini–Hochberg)": rows["q"].round(5),
        "More than usual": np.where(rows["stands"], "yes", ""),
    }
    return pd.DataFrame(columns)


def _verdict(r: float, high: float, met: float, answered: float) -> str:
    if pd.isna(r):
        return _ALIKE if answered and met in (0, answered) else NOT_ENOUGH.format(units="answers")
    if high < 0:
        return _NEGATIVE
    if r >= LOW:
        return _WELL
    if not _FEW <= met / answered <= 1 - _FEW:
        return _EDGE
    return _LITTLE if high < LOW else _MAYBE


def _named(rows: pd.DataFrame) -> str:
    """The worst one by name, with how many more there are."""
    worst = rows.loc[rows["r"].idxmin()]
    more = f" and {counted(len(rows) - 1, 'more criterion', 'more criteria')}" if len(rows) > 1 else ""
    return f"“{worst['short_name']}” ({_r(worst['r'])}){more}"


def _short(name: str) -> str:
    """The beginning of a name, where two have to stand in one line."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {number(count)}"


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"


def _fourfold(row: Any, standard: Standard) -> str:  # noqa: ANN401  (a row of itertuples has no type of its own)
    counts = (row.both, row.only_first, row.only_second, row.neither)
    both, first, second, neither = (number(count) for count in counts)
    who = counted(sum(counts), standard.noun, standard.noun_plural)
    return f"of {who}: both {both}, only the first {first}, only the second {second}, neither {neither}"


def _r(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.2f}".replace("-", "−")


def _ratio(row: Any) -> str:  # noqa: ANN401  (a row of itertuples, or a Series)
    """The odds ratio; where nobody meets just one of the two, what it is surely above."""
    return f"over {_odds(row.low)}" if np.isinf(row.odds) else _odds(row.odds)


def _odds(value: float) -> str:
    if pd.isna(value):
        return "–"
    return "no end" if np.isinf(value) else number(value, 1 if value < _WHOLE else 0)

"""One city among its peers, in words and tables.

`total`: the row of `peer_areas` about all criteria; `areas`: all its rows; counts are criteria met.
"""

from typing import TypeAlias

import pandas as pd

from lib.peers import DEFAULT, PICKED, SIMILAR, Peers
from lib.standard import Standard
from lib.twins.cards import Card, to_next
from lib.words import NOT_ENOUGH, count_of, counted, half_up, number, percent, share_of, signed

Row: TypeAlias = pd.Series
_ONE, _MANY = "criterion", "criteria"


def total_of(areas: pd.DataFrame) -> Row:
    """The row about all criteria: the last one."""
    return areas.iloc[-1]


def standing_finding(
    city: Row, total: Row, standard: Standard, peers: Peers, *, indicative: bool = False, exact: bool = True
) -> str:
    """Where a city stands among its peers and how far the next level is. `city`: its summary; not `exact`: of scores
    that were moved a little.

    "Alder Falls meets 27 of 43 criteria, 3 more than the median of 15 cities like it, and is 3 short of Gold."
    """
    if pd.isna(total["own"]):
        return f"{city['name']} has no score: nothing was answered."
    by = "By its own answers, " if indicative else ""
    counts, mark = _unit(standard, exact=exact)[0] == _ONE, " (indicative)" if indicative else ""
    verb, unit = ("meets", " criteria") if counts else ("scores", "")
    met = f"{by}{city['name']} {verb} {count_of(total['own'], total['asked'])}{unit}"
    return f"{met}{_against(total, standard, peers, exact=exact)}{_short(city, standard, mark)}."


def _against(total: Row, standard: Standard, peers: Peers, *, exact: bool) -> str:
    whom = of_whom(peers, int(total["n"]), standard)
    if total["n"] == 0:
        return "; there is nobody to compare with"
    if pd.isna(total["median"]):
        return f"; {counted(total['n'], 'peer')} {'is' if total['n'] == 1 else 'are'} too few to compare with"
    apart_by, about = total["own"] - total["median"], "" if exact else "about "
    in_points = _unit(standard, exact=exact)[0] != _ONE
    if number(abs(apart_by)) == "0":
        return f", {about}as {'high' if in_points else 'many'} as the median of {whom}"
    if in_points:
        more = f"{counted(abs(apart_by), *standard.score_unit)} {'above' if apart_by > 0 else 'below'}"
    else:
        more = f"{number(abs(apart_by))} {'more' if apart_by > 0 else 'fewer'} than"
    return f", {about}{more} the median of {whom}"


def _unit(standard: Standard, *, exact: bool) -> tuple[str, str]:
    """What a total is counted in: of moved scores it is the score's unit, else always criteria."""
    return (_ONE, _MANY) if exact else standard.score_unit


def _short(city: Row, standard: Standard, mark: str) -> str:
    if not standard.levels or pd.isna(city["score"]):
        return ""
    if pd.isna(city["to_next"]):
        return f", and stands on {city['level']}{mark}, the highest level"
    counts = standard.score_unit[0] == _ONE
    short = number(city["to_next"]) if counts else counted(city["to_next"], *standard.score_unit)
    return f", and is {short} short of {city['next_level']}{mark}"


def of_whom(peers: Peers, n: int, standard: Standard) -> str:
    """The peers as the object of a comparison: "15 cities like it", "145 cities, everybody else selected"."""
    who = counted(n, standard.noun, standard.noun_plural)
    told = {
        DEFAULT: f"{who} like it",
        SIMILAR: f"{who} like it",
        PICKED: f"the {who} picked",
        "all": f"{who}, everybody else selected",
        "area": f"{who}, all others of its kind",
        "above": f"{who} one level up",
    }
    return told.get(peers.rule, f"{who} chosen as peers")


def standing_cards(
    city: Row, total: Row, standard: Standard, *, indicative: bool, versus: str | None, exact: bool = True
) -> list[Card]:
    """Criteria met, level, place among the peers, change beside theirs, coverage."""
    level = f"{city['level']} (indicative)" if indicative and city["level_position"] else str(city["level"])
    known, counts = pd.notna(total["own"]), _unit(standard, exact=exact)[0] == _ONE
    met = (
        "score"
        if not counts
        else f"criteria met ({percent(total['own'] / total['asked'])})"
        if known
        else "criteria met"
    )
    score = (
        f"score {number(city['score'])} of {number(standard.score_max)}" if counts and _scored(city, standard) else met
    )
    answered = (percent(city["answered"] / city["asked"]), f"{count_of(city['answered'], city['asked'])} answers given")
    return [
        (
            "Standing",
            count_of(total["own"], total["asked"]) if known else "–",
            score,
            *_own_change(total, versus, _unit(standard, exact=exact)),
        ),
        *([("Level", level, to_next(city, standard), "", None)] if standard.levels else []),
        ("Place among peers", place(total), _ahead(total, exact=exact), "", None),
        ("Coverage", *answered, "", None),
    ]


def _scored(city: Row, standard: Standard) -> bool:
    return standard.score_unit[0] != _ONE and pd.notna(city["score"])


def _own_change(total: Row, versus: str | None, unit: tuple[str, str]) -> tuple[str, bool | None]:
    change = total["versus_change"]
    if versus is None or pd.isna(change):
        return "", None
    return f"{signed(change, *unit)} since {versus}", None if change == 0 else bool(change > 0)


def place(row: Row) -> str:
    """The place as a band: "3 of 16", "13–14 of 16" where counts are equal, an en dash where there is none."""
    if pd.isna(row["rank_from"]):
        return "–"
    first, last, whole = (number(row[name]) for name in ("rank_from", "rank_to", "of"))
    return f"{first} of {whole}" if first == last else f"{first}–{last} of {whole}"


def _ahead(row: Row, *, exact: bool) -> str:
    if pd.isna(row["rank_from"]):
        return NOT_ENOUGH.format(units="peers")
    about = "" if exact else "about "
    return f"ahead of {about}{share_of(row['below'], row['n'])}; equal counts share a place"


def standing_title(areas: pd.DataFrame) -> str:
    """In how many practice areas the city is above and below its peers' median."""
    counts = zip(areas["own"].tolist()[:-1], areas["median"].tolist()[:-1], strict=True)
    known = [(own, median) for own, median in counts if not (pd.isna(own) or pd.isna(median))]
    if not known:
        return "Too few peers to say what is usual among them"
    above, below = sum(own > median for own, median in known), sum(own < median for own, median in known)
    of = counted(len(known), "practice area")
    if not above and not below:
        return f"At the peers' median in {'the one' if len(known) == 1 else 'all'} {of.removeprefix('1 ')}"
    return f"Above the peers' median in {above or 'none'} of {of}, below it in {below or 'none'}"


def standing_table(areas: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """One row per practice area, and one for all criteria: the city's count, the peers' middle, its place."""
    return pd.DataFrame(
        {
            "Practice area": areas["area"],
            name: [_own(met, asked) for met, asked in zip(areas["own"], areas["asked"], strict=True)],
            "Peers' median": areas["median"].map(_count),
            "Middle half of the peers": [
                "–" if pd.isna(low) else f"{number(low)} to {number(high)}"
                for low, high in zip(areas["q1"], areas["q3"], strict=True)
            ],
            "Place": [place(row) for _, row in areas.iterrows()],
            "Peers": areas["n"],
        }
    )


def moved_title(total: Row, versus: str, standard: Standard, *, exact: bool = True) -> str:
    """What the city gained or lost since `versus`, and its peers, where they can be followed."""
    unit = _unit(standard, exact=exact)
    none = "no score of its own to compare with"
    own = none if pd.isna(total["versus_change"]) else signed(total["versus_change"], *unit)
    if pd.isna(total["peers_change"]):
        few = f"; too few to compare with: {counted(total['peers_both'], 'peer')} in both cycles" if exact else ""
        return f"Since {versus}: {own}{few}"
    both = f"{counted(total['peers_both'], 'peer')} in both cycles"
    theirs = signed(total["peers_change"], *unit)
    told = f"the median change of {both}: {theirs}" if exact else f"about {theirs} among {both}"
    return f"Since {versus}: {own}; {told}"


def moved_table(areas: pd.DataFrame, *, now: str, versus: str, exact: bool = True) -> pd.DataFrame:
    """One row per practice area, and one for all criteria: criteria met then and now, and the peers' median change."""
    theirs = "Peers' median change" if exact else "Peers' change, about"
    changes = areas["peers_change"].tolist()
    peers = {theirs: [_signed(change) for change in changes], "Peers in both": areas["peers_both"]}
    return pd.DataFrame(
        {
            "Practice area": areas["area"],
            f"Met in {versus}": [_count(met) for met in areas["own_before"].tolist()],
            f"Met in {now}": [_count(met) for met in areas["own"].tolist()],
            "Change": [_signed(change) for change in areas["versus_change"].tolist()],
            **(peers if exact or not all(map(pd.isna, changes)) else {}),
        }
    )


def _own(met: float, asked: float) -> str:
    return "–" if pd.isna(met) else share_of(met, asked)


def _count(value: float) -> str:
    return "–" if pd.isna(value) else number(value)


def _signed(change: float) -> str:
    if pd.isna(change):
        return "–"
    return "0" if half_up(change, 1) == 0 else f"{'▲ +' if change > 0 else '▼ −'}{number(abs(change))}"

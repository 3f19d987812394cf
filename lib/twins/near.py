"""The page Nearly there in words and tables."""

import pandas as pd

from lib.selection import SIMILAR
from lib.standard import Standard
from lib.twins.names import apart
from lib.words import NOT_ENOUGH, count_of, counted, listed, number, percent, share_of

_NAMED = 3


def near_finding(
    board: pd.DataFrame, blockers: pd.DataFrame, standard: Standard, *, cities: int, within: int, indicative: bool
) -> str:
    """How many are within reach of which level, and what stands in the way of most. `board`, `blockers`: the queries'.

    `cities`: all selected.
    """
    by = " by their own answers" if indicative else ""
    reach = f"within {counted(within, *standard.score_unit)} of"
    if board.empty:
        return f"No {standard.noun} is {reach} the next level{by}."
    who = f"{count_of(len(board), cities)} {standard.noun if cities == 1 else standard.noun_plural}"
    levels = board.groupby("next_level", sort=False).size()
    are = "is" if len(board) == 1 else "are"
    if len(levels) == 1:
        return f"{who} {are} {reach} {levels.index[0]}{by}{_in_the_way(blockers, len(board))}."
    each = listed([f"{number(count)} of {level}" for level, count in levels.items()], len(levels))
    return f"{who} {are} {reach} the next level{by}: {each}{_in_the_way(blockers, len(board))}."


def blockers_title(blockers: pd.DataFrame) -> str:
    """The two criteria most often in the way, those that tie with the second left unsaid. `blockers`: near_blockers."""
    if blockers.empty:
        return "No criterion is missing"
    first, near = blockers.iloc[0], int(blockers["near_misses"].iloc[0])
    title = f"“{first['short_name']}” stands in the way of {count_of(first['missing'], near)}"
    if len(blockers) == 1:
        return title
    second = blockers.iloc[1]
    return f"{title}, “{second['short_name']}” of {number(second['missing'])}"


def near_title(board: pd.DataFrame, standard: Standard, within: int) -> str:
    """How many lack no more than one step. `board`: near_board."""
    one, unit = int((board["to_next"] <= 1).sum()), standard.score_unit
    if within == 1 or not one:
        who = counted(len(board), standard.noun, standard.noun_plural)
        return f"{who} {'lacks' if len(board) == 1 else 'lack'} {_at_most(within, unit)}"
    who, more = counted(one, standard.noun, standard.noun_plural), len(board) - one
    first = f"{who} {'lacks' if one == 1 else 'lack'} {_at_most(1, unit)}"
    return f"{first}, {number(more)} more {_at_most(within, unit)}" if more else first


def tiles_title(level: str, cities: int, standard: Standard) -> str:
    """The heading over the tiles of those close to a level."""
    return f"Nearly {level}: {counted(cities, standard.noun, standard.noun_plural)}"


def near_table(board: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """One row per near miss: where it stands, what it lacks, what is not answered or blocked."""
    heading = "Level (indicative)" if indicative else "Level"
    named = board.set_index("city_id")["name"]
    return pd.DataFrame(
        {
            standard.noun.capitalize(): apart(named),
            "Score": board["score"].round(2),
            heading: board["level"],
            "Next level": board["next_level"],
            "Missing": board["to_next"].round(2),
            "Not met": board["not_met"],
            "Blocked": board["blocked"],
            "Not answered": board["unanswered"],
            "At the boundary": board["boundary_note"].fillna(""),
        }
    )


def whole_board(board: pd.DataFrame, ways: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """The board as a file: one row per near miss and criterion in its way, those that similar cities meet most first.

    `ways`: in_the_way of the same cities.
    """
    names = {criterion.id: criterion.short_name for criterion in standard.criteria}
    table = near_table(board, standard, indicative=indicative).drop(columns=["Not met", "Blocked", "Not answered"])
    table = table.assign(city_id=board["city_id"].to_numpy())
    rows = table.merge(ways, on="city_id", how="left").dropna(subset="criterion_id")
    return pd.DataFrame(
        {name: rows[name] for name in table.columns if name != "city_id"}
        | {
            "Code": rows["criterion_id"],
            "Criterion": rows["criterion_id"].map(names),
            "Answer": rows["status"].str.replace("_", " ").str.capitalize(),
            f"Similar {standard.noun_plural} that meet it": rows["met"].astype(int),
            f"Similar {standard.noun_plural} that answered": rows["answered"].astype(int),
            "Rate": rows["pass_rate"].round(4),
            "Rate from": rows["low"].round(4),
            "Rate to": rows["high"].round(4),
        }
    )


def blockers_table(blockers: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per criterion in somebody's way: of how many near misses, and why."""
    return pd.DataFrame(
        {
            "Code": blockers["criterion_id"],
            "Criterion": blockers["short_name"],
            "Practice area": blockers["area"],
            "In the way of": [
                share_of(missing, near)
                for missing, near in zip(blockers["missing"], blockers["near_misses"], strict=True)
            ],
            "Not met": blockers["not_met"],
            "Blocked": blockers["blocked"],
            "Not answered": blockers["unanswered"],
            "Text": blockers["text"],
        }
    )


def standing(city: pd.Series, standard: Standard, *, indicative: bool) -> str:
    """Where a near miss stands: "36 of 43 criteria · Gold · 1 short of Platinum". `city`: its row of the board."""
    counts = standard.score_unit[0] == "criterion"
    unit = f" {standard.score_unit[1]}"
    short = number(city["to_next"]) if counts else counted(city["to_next"], *standard.score_unit)
    level = f"{city['level']} (indicative)" if indicative and city["level_position"] else city["level"]
    return f"{count_of(city['score'], standard.score_max)}{unit} · {level} · {short} short of {city['next_level']}"


def way(row: pd.Series, standard: Standard) -> str:
    """A criterion in a city's way, with the rate of similar cities. `row`: of in_the_way."""
    names = {criterion.id: criterion.short_name for criterion in standard.criteria}
    state = {"not_answered": " (not answered)", "blocked": " (blocked)"}.get(str(row["status"]), "")
    return f"{row['criterion_id']} {names[row['criterion_id']]}{state}: {similar_rate(row, standard.noun_plural)}"


def similar_rate(row: pd.Series, noun_plural: str) -> str:
    """ "91 % (62 % to 98 %) of 11"; in words where too few similar cities answered."""
    if pd.isna(row["pass_rate"]):
        return NOT_ENOUGH.format(units=f"similar {noun_plural}")
    return f"{percent(row['pass_rate'])} ({percent(row['low'])} to {percent(row['high'])}) of {number(row['answered'])}"


def left_over(city: pd.Series, shown: int) -> str:
    """What else is in a city's way, and whether answering alone could be enough."""
    more = int(city["not_met"] + city["blocked"] + city["unanswered"]) - shown
    texts = [f"And {number(more)} more in its way." if more > 0 else ""]
    if city["blocked"]:
        texts.append(f"{counted(city['blocked'], 'criterion is', 'criteria are')} blocked by a prerequisite.")
    if city["unanswered"]:
        enough = ": answering may be enough" if city["unanswered"] >= city["to_next"] else ""
        texts.append(f"{number(city['unanswered'])} not answered{enough}.")
    return " ".join(filter(None, texts))


def similar_words(standard: Standard) -> str:
    """What "similar" means here, for captions."""
    width = number(int(standard.score_max * SIMILAR) if standard.score_unit[0] == "criterion" else SIMILAR * 100)
    unit = standard.score_unit[1]
    return (
        f"Similar {standard.noun_plural}: those selected whose score is at most {width} {unit} away, "
        "with the 95 % Wilson interval of their rate and how many of them answered"
    )


def _at_most(steps: int, unit: tuple[str, str]) -> str:
    if unit[0] == "criterion":
        return "a single criterion" if steps == 1 else f"up to {counted(steps, *unit)}"
    return f"{counted(steps, *unit)} or less"


def _in_the_way(blockers: pd.DataFrame, near: int) -> str:
    most = blockers[blockers["missing"] == blockers["missing"].max()]
    if not 0 < len(most) <= _NAMED:
        return ""
    names = listed([f"“{name}”" for name in most["short_name"]])
    stand = "stands" if len(most) == 1 else "stand"
    if near == 1:
        return f"; {names} {stand} in its way"
    each = " each" if len(most) > 1 else ""
    missing = int(most["missing"].iloc[0])
    whom = "all of them" if missing == near else f"{number(missing)} of them{each}"
    return f"; {names} {stand} in the way of {whom}"

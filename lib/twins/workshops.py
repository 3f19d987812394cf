"""The page Workshops in words and tables."""

import pandas as pd

from lib.standard import Standard
from lib.twins.names import apart
from lib.words import count_of, counted, listed, number, percent

_NAMED = 3
_LIKELY = 0.5


def plan_finding(
    plan: pd.DataFrame, standard: Standard, *, level: bool, success: float, indicative: bool = False
) -> str:
    """What the plan does for how many. `plan`: workshop_plan."""
    value, cities = float(plan["value"].iloc[0]), int(plan["cities"].iloc[0])
    what = f"{'A workshop' if len(plan) == 1 else f'{number(len(plan))} workshops'}"
    if value == 0:
        return f"{what} would {_nothing(standard) if level else 'add nothing: every criterion that was asked is met'}."
    verb = "A workshop" if len(plan) == 1 else "Workshops"
    who = f"{verb} on {listed([f'“{name}”' for name in plan['name']])}"
    who = who if len(plan) <= _NAMED else f"The {number(len(plan))} workshops below"
    would = "could" if success == 1 else "would on average"
    if level:
        by = " by their own answers" if indicative else ""
        noun = standard.noun if cities == 1 else standard.noun_plural
        return f"{who} {would} move {count_of(value, cities)} {noun} up a level{by}."
    more = counted(value, "more criterion", "more criteria")
    return f"{who} {would} have {more} met in {_size(cities, standard)}."


def plan_title(plan: pd.DataFrame, *, workshops: int, level: bool, standard: Standard) -> str:
    """How good the plan is known to be. `workshops`: how many were asked for."""
    first = plan.iloc[0]
    if len(plan) < workshops:
        return f"There are only {number(len(plan))} to choose from: this is all of them"
    unit = f"{standard.noun_plural} up a level" if level else "criteria met"
    if first["proven"]:
        return f"No other {_set(len(plan))} does better: {number(first['value'])} {unit}"
    return (
        f"The best {_set(len(plan))} found: {number(first['value'])} {unit}; none can exceed {number(first['bound'])}"
    )


def only_aim(standard: Standard) -> str:
    """Why the aim is to have most criteria met and no other; nothing where cities can count their way up a level."""
    if not standard.levels:
        return "This standard has no levels: the aim is to have most criteria met."
    if standard.score_unit[0] == "criterion":
        return ""
    return "Levels of this standard are reached by points, not by criteria: the aim is to have most criteria met."


def how_found(plan: pd.DataFrame) -> str:
    """How the set was found, for the caption."""
    first = plan.iloc[0]
    stepwise = number(first["stepwise"])
    if first["proven"]:
        return f"Compared with every other set (choosing one at a time would reach {stepwise})"
    return (
        f"Chosen one at a time ({stepwise}), then exchanged for others as long as that helped; there are too many sets "
        "to compare them all, so the dotted line shows what none can exceed"
    )


def assumption(success: float, noun: str) -> str:
    """What is taken for granted about those who attend."""
    if success == 1:
        return f"Assumed: every {noun} that attends comes to meet what it is taught, the most that can be hoped for"
    return (
        f"Assumed: each {noun} that attends comes to meet each criterion it is taught with a chance of "
        f"{percent(success)}, one independently of another"
    )


def plan_table(plan: pd.DataFrame, standard: Standard, *, level: bool, coded: bool) -> pd.DataFrame:
    """One row per workshop: who attends, what it adds to those before it, and what is lost without it."""
    what = f"{standard.noun_plural.capitalize()} up a level" if level else "Criteria met"
    digits = 0 if (plan["running"] % 1 == 0).all() and (plan["without"] % 1 == 0).all() else 1
    columns = {"Code": plan["unit_id"]} if coded else {}
    taught = {} if coded else {"Criteria taught": plan["criteria"].map(", ".join)}
    return pd.DataFrame(
        columns
        | {
            "Workshop": plan["name"],
            f"{standard.noun_plural.capitalize()} attending": plan["attending"],
            "Of them not answered": plan["silent"],
            f"{what}: added": plan["adds"].round(digits),
            f"{what}: in all": plan["running"].round(digits),
            "Lost without it": (plan["value"] - plan["without"]).round(digits),
        }
        | taught
    )


def taught_title(cities: pd.DataFrame, standard: Standard, *, success: float) -> str:
    """How many could go up, and how many probably do. `cities`: taught_cities."""
    who = counted(len(cities), standard.noun, standard.noun_plural)
    if success == 1 or cities.empty:
        return f"{who} would go up a level"
    likely = int((cities["chance"] >= _LIKELY).sum())
    return f"{who} could go up a level, {number(likely)} of them more likely than not"


def taught_table(cities: pd.DataFrame, standard: Standard, *, success: float, indicative: bool) -> pd.DataFrame:
    """One row per city that could go up: from where to where, what it attends, with which chance."""
    chance = {} if success == 1 else {"Chance": cities["chance"].map(percent)}
    return pd.DataFrame(
        {
            standard.noun.capitalize(): apart(cities.set_index("city_id")["name"]),
            "Score": cities["score"].round(2),
            "Level (indicative)" if indicative else "Level": cities["level"],
            "Next level": cities["next_level"],
            "Missing": cities["to_next"].round(2),
            "Attends": cities["attended"],
            **chance,
            "Taught what it lacks": cities["taught"],
            "At the boundary": cities["boundary_note"].fillna(""),
        }
    )


def counted_unit(standard: Standard, *, level: bool) -> tuple[str, str]:
    """What a plan counts, singular and plural."""
    if level:
        return f"{standard.noun} up a level", f"{standard.noun_plural} up a level"
    return "criterion met", "criteria met"


def _set(workshops: int) -> str:
    return "workshop" if workshops == 1 else f"set of {number(workshops)}"


def _nothing(standard: Standard) -> str:
    return f"move no {standard.noun} up a level: each lacks more than they teach, or is at the top"


def _size(cities: int, standard: Standard) -> str:
    return counted(cities, standard.noun, standard.noun_plural)

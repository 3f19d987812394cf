"""Cards about what cities met next, and about the order of difficulty."""

from functools import partial

import pandas as pd

from lib import charts
from lib.charts.figure import Figure
from lib.queries import shown
from lib.queries.city import city_criteria
from lib.queries.steps import Profile, difficulty_order, next_steps
from lib.selection import MINIMUM_N, SIMILAR, STAGES
from lib.standard import Standard
from lib.twins.next_step import (
    CAUTION,
    left_out,
    order_caption,
    order_table,
    order_title,
    placed,
    steps_table,
    steps_title,
    supported,
)
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.links import go, page_link
from lib.ui.reading import Reading
from lib.words import number

DRAWN, QUARTERS = 15, 4
CASE = "A case: one {noun} that did not meet the criterion and answered it in its next assessment, whenever that was"


def starts(reading: Reading) -> dict[str, tuple[str, str, Profile]]:
    """Where steps can start, by id: what it is called, the words for "starting …", and the profile."""
    every = {"any": ("Any score", "", Profile())}
    levels = reading.choices.levels(reading.standard.id)
    mark = " (indicative)" if reading.indicative else ""
    if levels:
        own = {str(place): (f"{level}{mark if place else ''}", level) for place, level in enumerate(levels)}
        return every | {
            id_: (label, f"from {level}", Profile(position=int(id_))) for id_, (label, level) in own.items()
        }
    width = reading.standard.score_max / QUARTERS
    ends = [(place * width, (place + 1) * width) for place in range(QUARTERS)]
    return every | {
        f"q{place}": (f"Score {words}", f"from a score of {words}", Profile(low=low, high=high))
        for place, (low, high) in enumerate(ends, 1)
        for words in [f"{number(low)} to {number(high)}"]
    }


def steps_of_city(reading: Reading, city: pd.Series) -> pd.DataFrame:
    """What cities with scores like this one's met next, of what it does not meet. `city`: its summary."""
    steps = next_steps(reading.warehouse, reading.selection, profile_of(reading, city))
    answers = city_criteria(reading.warehouse, reading.selection, str(city["city_id"]))
    gaps = answers.loc[~answers["status"].isin(["met", "not_applicable"]), "criterion_id"]
    return steps[steps["criterion_id"].isin(gaps)]


def profile_of(reading: Reading, city: pd.Series) -> Profile:
    """Scores like this city's. `city`: its summary."""
    width = SIMILAR * reading.standard.score_max
    return Profile(low=float(city["score"]) - width, high=float(city["score"]) + width)


def steps_near(reading: Reading, city: pd.Series) -> tuple[pd.DataFrame, str, Profile]:
    """The same, the words for where they start, and the scores that they start with."""
    return steps_of_city(reading, city), f"near the score of {city['name']}", profile_of(reading, city)


def steps_card(reading: Reading, steps: pd.DataFrame, profile: Profile) -> None:
    """How often each criterion was met next, with its interval; a click opens the criterion. `profile`: from where."""
    standard, many = reading.standard, reading.standard.noun_plural
    drawn = f"The first {DRAWN} of {len(steps)}; the table has all. " if len(steps) > DRAWN else ""
    clicked = chart_card(
        charts.rate_intervals(
            steps.head(DRAWN), minimum=MINIMUM_N, label="met by the next assessment", noun_plural="cases"
        ),
        title=steps_title(steps),
        caption=f"{CASE.format(noun=standard.noun)}. In order of the lower end of the 95 % Wilson interval, so that "
        f"few cases do not lead. {drawn}{left_out(steps, many)}. {CAUTION}. {_history(reading)}.",
        alt=f"Dots with intervals: how often {many} that did not meet a criterion met it by their next assessment.",
        table=partial(steps_table, steps, many),
        behind=Behind(
            "One row per criterion: cases in which it was not met and then answered in the next assessment (answered), "
            "and how many of these met it",
            partial(_steps_sql, reading, steps, profile),
        ),
        key="steps",
        file_name="usual next step",
    )
    if clicked and clicked.customdata:
        go("criteria", criterion=str(clicked.customdata))


def _steps_sql(reading: Reading, steps: pd.DataFrame, profile: Profile) -> str:
    every = shown.behind(next_steps, reading.warehouse, reading.selection, profile)
    return shown.only(every, "criterion_id", list(steps["criterion_id"]))


def order_card(reading: Reading, order: pd.DataFrame, name: str = "", city: str = "") -> None:
    """Criteria and cities on one scale, if the answers support it; otherwise its fit as a table."""
    standard, title = reading.standard, order_title(order, reading.standard)
    caption = f"{order_caption(order, standard, cities=reading.cities)}. {reading.sentence}."
    behind = Behind(
        f"One row per {standard.noun} and criterion: the answers that the order (a Rasch model) is fitted to",
        partial(shown.behind, difficulty_order, reading.warehouse, reading.selection),
    )
    if not supported(order):
        table = order_table(order, standard)
        table_card(table, title=title, caption=caption, behind=behind, key="order", file_name="difficulty")
        return
    clicked = chart_card(
        _map(order, standard, name, city),
        title=title,
        caption=caption,
        alt=f"Dots with intervals: criteria in order of difficulty, with the {standard.noun_plural} on the same scale.",
        table=partial(order_table, order, standard),
        behind=behind,
        key="order",
        file_name="difficulty",
    )
    if clicked and clicked.customdata:
        go("criteria", criterion=str(clicked.customdata))


def _map(order: pd.DataFrame, standard: Standard, name: str, city: str) -> Figure:
    names = {criterion.id: criterion.short_name for criterion in standard.criteria}
    cities = order[order["kind"] == "city"]
    own = cities.loc[cities["id"] == city, "place"].dropna()
    shown = pd.concat([placed(order), cities])
    focus = (name, float(own.iloc[0])) if len(own) else None
    return charts.difficulty_map(
        shown.assign(short_name=shown["id"].map(names)), noun_plural=standard.noun_plural, focus=focus
    )


def _history(reading: Reading) -> str:
    """What the steps are taken from: not the selected cycle but all of them."""
    return f"{STAGES[reading.selection.stage]} answers of all cycles, with the filters of the selection"


def order_of(reading: Reading) -> pd.DataFrame:
    """The order of difficulty of the selection; no rows for too few cities."""
    return difficulty_order(reading.warehouse, reading.selection)


def next_step_link(reading: Reading, city: pd.Series) -> None:
    """The way to what cities like this one met next. `city`: its summary; one without a score started nowhere."""
    if pd.notna(city["score"]):
        many = reading.standard.noun_plural
        page_link("next_step", f"What {many} with a score like this one met next", city=str(city["city_id"]))

"""Tables of a standard and of the files loaded: what the figures rest on."""

import pandas as pd

from lib.selection import STAGES
from lib.standard import Standard
from lib.words import counted, number, percent


def standard_sentence(standard: Standard) -> str:
    """How this standard turns answers into a score."""
    size = (
        f"{counted(len(standard.criteria), 'criterion', 'criteria')} in {counted(len(standard.areas), 'practice area')}"
    )
    if standard.aggregation == "mean_of_areas":
        return f"{size}. The score is the mean of the percentages of the practice areas, 0 to 100."
    weighted = any(criterion.weight != 1 for criterion in standard.criteria)
    rule = "the sum of the weights of the criteria met" if weighted else "the number of criteria met"
    return f"{size}. The score is {rule}, at most {number(standard.score_max)}."


def levels_table(standard: Standard) -> pd.DataFrame:
    """One row per level, the lowest first: its minimum, in percent too, and its published band."""
    rows = [
        (level.name, number(level.minimum), percent(level.minimum / standard.score_max, 1), level.band or "–")
        for level in standard.levels
    ]
    return pd.DataFrame(rows, columns=["Level", "From a score of", "In percent", "Published band"])


def criteria_table(standard: Standard) -> pd.DataFrame:
    """One row per criterion in the standard's order, with its words and, where there are any, its families."""
    rows = [
        (criterion.id, criterion.short_name, area.name, criterion.text, "yes" if criterion.reworded_later else "")
        for area in standard.areas
        for criterion in area.criteria
    ]
    table = pd.DataFrame(rows, columns=["Code", "Criterion", "Practice area", "Text", "Re-worded later"])
    families = [
        ", ".join(family.name for family in standard.families if id_ in family.criteria) for id_ in table["Code"]
    ]
    return table.assign(Families=families) if standard.families else table


def layout_name(layout: str, standard: Standard) -> str:
    """A layout as people call it: the tool that wrote the file, or how its table stands."""
    named = {
        "qualtrics": "Qualtrics",
        "surveymonkey": "SurveyMonkey",
        "google forms": "Google Forms",
        "microsoft forms": "Microsoft Forms",
        "airtable": "Airtable",
        "wide": "a row per {noun}, a column per criterion",
        "long": "a row per answer",
        "one city": "a file per {noun}, a row per criterion",
        "criteria as rows": "a row per criterion, a column per {noun}",
    }
    return named.get(layout, layout).format(noun=standard.noun)


def sources_title(data: pd.DataFrame) -> str:
    """How much was read and what became of it."""
    files, answers = counted(len(data), "file"), f"{data['answers'].sum():,.0f} answers"
    fates = (f"{data[fate].sum():,.0f} {fate}" for fate in ("accepted", "superseded", "rejected"))
    return f"{files}, {answers}: {', '.join(fates)}"


def sources_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per file loaded."""
    named = {
        "file": "File",
        "answers": "Answers",
        "accepted": "Accepted",
        "superseded": "Superseded",
        "rejected": "Rejected",
        "cycle": "Cycle",
        "stage": "Answers are",
        "layout": "Layout",
        "loaded_at": "Loaded at (UTC)",
        "standard_id": "Standard",
        "sha256": "SHA-256",
    }
    stage, cycle = data["stage"].map(STAGES).fillna("in the file"), data["cycle"].fillna("in the file")
    layout = [layout_name(name, standard) for name in data["layout"]]
    return data.assign(stage=stage, cycle=cycle, layout=layout)[list(named)].rename(columns=named)

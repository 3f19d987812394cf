"""Tables and titles of the page Intake: who has not answered what, what a file is, what it would change."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lib.selection import STAGES
from lib.standard import Standard
from lib.twins.provenance import layout_name
from lib.twins.set_aside import why
from lib.words import counted, listed, number, percent, share_of

NOT_READ = "not read"
FIELDS = {"city_id": "id", "updated_at": "date of the answer", "criterion_text": "text of the criterion"}
STATUS = {"met": "met", "partly_met": "partly met", "not_met": "not met", "not_answered": "not answered"}


def coverage_title(unanswered: pd.DataFrame, standard: Standard) -> str:
    """How many have left criteria unanswered, and which one most often. `unanswered`: lib.queries.coverage."""
    first = unanswered.iloc[0]
    every = counted(first["cities"], standard.noun, standard.noun_plural)
    if not first["incomplete"]:
        return f"Every criterion is answered by {every if first['cities'] == 1 else f'all {every}'}"
    most = unanswered[unanswered["missing"] == first["missing"]]
    some = every if first["cities"] == 1 else f"{number(first['incomplete'])} of {every}"
    who = f"All {every}" if first["incomplete"] == first["cities"] > 1 else some
    left = f"{who} {'has' if first['incomplete'] == 1 else 'have'} left criteria unanswered"
    if len(most) > 2:  # noqa: PLR2004 (more names than a title can bear)
        return left
    names = " and ".join(f"“{name}”" for name in most["short_name"])
    return f"{left}, most often {names} ({counted(first['missing'], standard.noun, standard.noun_plural)})"


def coverage_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per city, the least answered first."""
    pairs = zip(data["answered"], data["asked"], strict=True)
    return pd.DataFrame(
        {
            standard.noun.capitalize(): data["name"],
            "Answered": [share_of(*pair) for pair in pairs],
            "Not answered": (data["asked"] - data["answered"]).astype(int),
            "Criteria not answered": data["missing"],
        }
    )


def silent_sentence(silent: pd.DataFrame, standard: Standard, versus: str, cycle: str) -> str:
    """Who was there in the compared cycle and is not in this one."""
    if silent.empty:
        return f"All {standard.noun_plural} of {versus} in this selection have answers in {cycle} too."
    names = counted(len(silent), standard.noun, standard.noun_plural)
    return f"{names} of {versus} {'has' if len(silent) == 1 else 'have'} no answer in {cycle}"


def silent_table(silent: pd.DataFrame, standard: Standard, versus: str) -> pd.DataFrame:
    """One row per city of the compared cycle without an answer in this one."""
    return pd.DataFrame({standard.noun.capitalize(): silent["name"], "Last seen": versus})


def kinds_title(kinds: Sequence[Mapping[str, Any]]) -> str:
    """How many files were brought, and in how many ways they are laid out."""
    files = counted(sum(len(kind["files"]) for kind in kinds), "file")
    return f"{files}, all laid out alike" if len(kinds) == 1 else f"{files}, laid out in {number(len(kinds))} ways"


def kinds_table(kinds: Sequence[Mapping[str, Any]], standard: Standard) -> pd.DataFrame:
    """One row per kind of layout, that of most files first."""
    rows = [
        {
            "Files": len(kind["files"]),
            "For example": listed(list(kind["files"])),
            "Layout": layout_name(kind["layout"], standard) if "layout" in kind else "not looked at",
            "Ready to load": "no, see below" if kind.get("doubts") else "yes" if "layout" in kind else "load it alone",
        }
        for kind in kinds
    ]
    return pd.DataFrame(rows)


def refused_sentence(refused: Sequence[str], files: int) -> str:
    """Why some of the files cannot be read; of many, the first."""
    if len(refused) == 1:
        return refused[0] if files == 1 else f"{refused[0]}. Take it out, and the others can be loaded."
    return f"{number(len(refused))} of {number(files)} files cannot be read. The first: {refused[0]}"


def alone_sentence(kind: Mapping[str, Any]) -> str:
    """What to do where files of one kind need a decision, and others do not."""
    return f"Load {listed(list(kind['files']))} separately: before that, somebody has to decide: {kind['doubts'][0]}."


def preview_title(found: Mapping[str, Any]) -> str:
    """How many answers the (first) file of a kind holds."""
    answers, rows = counted(found["answers"], "answer"), len(found["preview"])
    of = f"{found['files'][0]}: " if len(found["files"]) == 1 else f"{found['files'][0]}, the first of its kind: "
    return f"{of}{answers}" + (f"; here are the first {rows}" if rows < found["answers"] else "")


def inspection_title(found: Mapping[str, Any], standard: Standard) -> str:
    """What the file is, in a line."""
    first, last = found["header_rows"]
    delimiter = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}.get(found["delimiter"], "")
    parts = [
        found["format"],
        found["encoding"],
        f"separated by {delimiter}" if delimiter else "",
        f"sheet {listed(found['sheets'])}" if found["sheets"] else "",
        f"header in row {first}" if first == last else f"header in rows {first} to {last}",
    ]
    return f"How it was read: {layout_name(found['layout'], standard)} ({', '.join(filter(None, parts))})"


def inspection_caption(found: Mapping[str, Any], standard: Standard) -> str:
    """How much of the file would load, and what it does not mention."""
    text = "Found = what stands in the file; read as = what it counts as."
    if rejected := sum(found["rejected"].values()):
        reasons = listed([f"{number(many)} because {why(x, standard)}" for x, many in found["rejected"].items()])
        reasons = reasons.partition(" ")[2] if len(found["rejected"]) == 1 else reasons
        text += f" {number(rejected)} of {counted(found['answers'], 'answer')} would be set aside, {reasons}."
    else:
        text += " All of them are understood."
    if missing := found["missing_criteria"]:
        text += f" Criteria that the file does not mention: {', '.join(missing)}."
    return text


def columns_table(found: Mapping[str, Any]) -> pd.DataFrame:
    """One row per column of the file, those that could not be placed first."""
    columns = sorted(found["columns"], key=lambda column: bool(column["field"]))
    return _without_blank(pd.DataFrame([_column(column) for column in columns]), "Could be")


def _column(column: Mapping[str, Any]) -> dict[str, str]:
    meaning = f"{FIELDS.get(column['field'], column['field'])} {column['criterion']}".strip()
    return {
        "Column": column["column"],
        "Header": column["header"],
        "Read as": meaning or NOT_READ,
        "Sure": percent(column["confidence"]) if meaning else "",
        "Why": column["reason"],
        "Could be": ", ".join(_guess(guess) for guess in column["guesses"]),
    }


def _guess(guess: Mapping[str, Any]) -> str:
    return f"{guess['meaning']} {guess['of']}".strip()


def preview_table(found: Mapping[str, Any], standard: Standard) -> pd.DataFrame:
    """One row per answer, the first ten of the file, as they would be loaded."""
    rows = [
        {
            "Row": row["row"],
            standard.noun.capitalize(): row["city"] or "",
            "Cycle": row["cycle"] or "",
            "Answers are": STAGES.get(row["stage"] or "", ""),
            "Criterion": row["criterion"],
            "Found": row["answer"] or "",
            "Read as": STATUS.get(row["status"] or "", (row["status"] or "").replace("_", " ")),
            "Set aside because": why(row["reason"], standard) if row["reason"] else "",
        }
        for row in found["preview"]
    ]
    return _without_blank(pd.DataFrame(rows), "Set aside because")


def _without_blank(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The table without a column in which nothing stands."""
    return table if column in table and table[column].any() else table.drop(columns=column, errors="ignore")


def difference_title(told: Mapping[str, Any]) -> str:
    """What publishing would do, in a sentence."""
    if not told["changed"]:
        return "Publishing would change nothing: the same files were loaded before, by the same rules"
    answers = counted(sum(file["accepted"] for file in told["files"]), "answer")
    rejected = counted(told["rejected_count"], "answer")
    return f"Publishing would accept {answers} and set {rejected} aside"


def files_table(told: Mapping[str, Any]) -> pd.DataFrame:
    """One row per file that is proposed, and what would become of its answers."""
    named = {
        "file": "File",
        "answers": "Answers",
        "accepted": "Accepted",
        "superseded": "Superseded",
        "rejected": "Rejected",
    }
    return pd.DataFrame(told["files"], columns=list(named)).rename(columns=named)


def levels_table(levels: Sequence[Mapping[str, Any]], noun: str) -> pd.DataFrame:
    """One row per assessment whose level would change."""
    rows = [
        {
            noun.capitalize(): change["city"],
            "Cycle": change["cycle"],
            "Answers are": STAGES.get(change["stage"], change["stage"]),
            "Level now": change["before"] or "No level",
            "Level then": change["after"] or "No level",
        }
        for change in levels
    ]
    return pd.DataFrame(rows)


def difference_figures(told: Mapping[str, Any], standard: Standard) -> list[tuple[str, str, str]]:
    """Label, value and detail of each key figure of a proposal."""
    change, cities = told["difference"], standard.noun_plural.capitalize()
    return [
        (f"{cities} added", number(change["cities_added_count"]), _names(change, "cities_added")),
        (f"{cities} gone", number(change["cities_removed_count"]), _names(change, "cities_removed")),
        ("Answers added", number(change["answers_added"]), "questions without an answer so far"),
        ("Answers changed", number(change["answers_changed"]), "another answer to the same question"),
        ("Answers gone", number(change["answers_removed"]), "no file gives them any more"),
        ("Levels changed", number(change["levels_count"]), "of assessments that are there now"),
    ]


def _names(change: Mapping[str, Any], key: str) -> str:
    """The first names; the pipeline names only some of many."""
    names, total = list(change[key])[:3], int(change[f"{key}_count"])
    return listed(names) if total == len(names) else f"{', '.join(names)} and {total - len(names):,} more"

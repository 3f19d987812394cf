"""Why a cell is empty. One rule for all tables: an empty cell is never zero, and never without a reason.

Where there may be several reasons, a column of words beside it says which, row by row; else the codebook says the one
reason that there is in this file.
"""

from collections.abc import Mapping, Sequence

from lib.viewer import PROGRAMME, PUBLIC

GIVEN = "given"
WORDS: Mapping[str, str] = {
    GIVEN: "the figure is there",
    "not_answered": "nothing was answered",
    "not_applicable": "nothing was asked, as it does not apply",
    "suppressed": "fewer than the minimum number, or what would tell it; in some views also all, none or nearly so",
}
"""What a column that ends in `_status` may say."""
EMPTY_NOTE = (
    "An empty cell is a missing value and never zero. Where it may have several reasons, a column of words beside it "
    "says which: its name ends in status. Else the codebook has the one reason in its column when_empty."
)
STATUSES = ("share_status", "score_status", "rate_status", "change_status")
"""Those columns, or how they end in a wide table."""

_CHANGES = ("kept", "gained", "lost", "rate_before", "rate_now", "change", "low", "high", "p_value")
_EXPLAINED: Mapping[str, tuple[str, Sequence[str]]] = {
    "responses": ("status", ("credit",)),
    "area_scores": ("share_status", ("share",)),
    "family_scores": ("share_status", ("share",)),
    "city_scores": ("score_status", ("score", "share", "level_position", "to_next")),
    "criterion_rates": ("rate_status", ("pass_rate", "low", "high")),
    "criterion_rates_by": ("rate_status", ("met", "answered", "asked", "pass_rate", "low", "high")),
    "panel_changes": ("change_status", _CHANGES),
}
_BOUNDED = ("met", "met_low", "met_high", "answered", "asked")
"""What the public is not told either where a rate is suppressed."""
_REASONS: Mapping[str, str] = {
    "segment": "it is in none of the segments compared",
    "source_id": "no file says it",
    "level": "no level is reached; score_status says where there is no score",
    "next_level": "no level is higher; score_status says where there is no score",
    "to_next": "no level is higher; score_status says where there is no score",
    "boundary_note": "the level of this score is not contested",
}
_LEVELS = ("level", "level_position", "next_level", "to_next", "boundary_note")
_POINTING = {
    "evidence": "the files tell none",
    "updated_at": "the files tell no date",
    "submitted_at": "the files tell no date",
    "row": "no file says it",
}
"""What points at a city or at a file: nobody but the programme is given it."""


def explained_by(table: str, columns: Sequence[str], role: str = PROGRAMME) -> dict[str, str]:
    """The columns that can be empty for several reasons, each with the name of the column that says which."""
    status, names = _EXPLAINED.get(table, ("", ()))
    names = (*names, *_BOUNDED) if role == PUBLIC and table == "criterion_rates" else names
    wide = {name: f"{name}_status" for name in columns if name.endswith("_share")}
    return {name: status for name in columns if name in names} | wide


def when_empty(
    table: str, columns: Sequence[str], attributes: Sequence[str], role: str = PROGRAMME, *, levels: bool = True
) -> dict[str, str]:
    """What it means when a cell of one of the columns is empty, in a reader's words; most columns never are.

    `attributes` are those of the columns that tell an attribute. What is not shown of them in a view is not told apart
    from what nobody knows: that would say who is one of a few. `levels`: the standard has some.
    """
    whole = role == PROGRAMME
    told = {
        **{name: _says(status, columns) for name, status in explained_by(table, columns, role).items()},
        **_REASONS,
        **({} if levels else dict.fromkeys(_LEVELS, "this standard has no levels")),
        **(_POINTING if whole else dict.fromkeys(_POINTING, "left out in this view")),
        **dict.fromkeys(attributes, "not known" if whole else "suppressed: too few share it; or not known"),
    }
    return {name: told[name] for name in columns if name in told}


def _says(status: str, columns: Sequence[str]) -> str:
    return f"{status} says why" if status in columns else f"{status} says why; it was not asked for"

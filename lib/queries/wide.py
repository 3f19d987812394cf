"""The tables about cities with one row per city: a column for each criterion, area or family."""

from collections.abc import Callable, Mapping

from lib.queries.families import FAMILIES, of
from lib.queries.tables import SHARE_STATUS, Rows
from lib.standard import Standard

MEASURES = ("met", "answered", "asked", "share", "share_status")
_SPREAD = """
with spread as (
    select
        {rows}.city_id,
        {columns}
    from {rows}
    join {part} using (standard_id, {part}_id)
    group by {rows}.city_id
)
select
    assessment.standard_id,
    assessment.cycle,
    assessment.stage,
    cohort.city_id,
    city.name as city,
    city.* exclude (city_id, name),
    {shown}
from cohort
join city using (city_id)
join assessment
    on assessment.city_id = cohort.city_id
    and assessment.standard_id = try_cast($standard as standard_id)
    and assessment.cycle = try_cast($cycle as cycle_label)
    and assessment.stage = try_cast($stage as stage)
left join spread on spread.city_id = cohort.city_id
"""
_ORDER = "enum_code(cohort.city_id)"


def wide(table: str, standard: Standard) -> Rows:
    """The table (one of WIDE) with one row per city selected, whether it has answers or not.

    Of responses a column per criterion, named after it: the status; a criterion that no file mentions is not_answered.
    Of scores five columns per area or family, e.g. DM_met, DM_answered, DM_asked, DM_share, DM_share_status.
    """
    return WIDE[table](standard)


def criteria_columns(standard: Standard) -> list[str]:
    """The names of the columns that hold a status in the wide table of responses."""
    return [criterion.id for criterion in standard.criteria]


def _responses(standard: Standard) -> Rows:
    places = [(_name(id_), place) for place, id_ in enumerate(criteria_columns(standard), 1)]
    columns = [_picked("status", "criterion", place, name) for name, place in places]
    shown = [f"coalesce(spread.{name}, 'not_answered') as {name}" for name, _ in places]
    return _spread("answers", "criterion", columns, shown)


def _areas(standard: Standard) -> Rows:
    return _scores("area_scores", "area", [area.id for area in standard.areas])


def _families(standard: Standard) -> Rows:
    rows = _scores("area_scores", "area", [family.id for family in standard.families])
    return Rows(of(FAMILIES, rows.select), rows.order)


def _scores(rows: str, part: str, ids: list[str]) -> Rows:
    places = [(measure, _name(f"{id_}_{measure}"), n) for n, id_ in enumerate(ids, 1) for measure in MEASURES]
    values = {**{measure: f"{rows}.{measure}" for measure in MEASURES}, "share_status": SHARE_STATUS}
    columns = [_picked(values[measure], part, place, name) for measure, name, place in places]
    return _spread(rows, part, columns, [f"spread.{name}" for _, name, _ in places])


def _spread(rows: str, part: str, columns: list[str], shown: list[str]) -> Rows:
    told = {"columns": ",\n        ".join(columns), "shown": ",\n    ".join(shown)}
    return Rows(_SPREAD.format(rows=rows, part=part, **told), _ORDER)


def _picked(value: str, part: str, place: int, name: str) -> str:
    return f"any_value({value}) filter ({part}.position = {place:d}) as {name}"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


WIDE: Mapping[str, Callable[[Standard], Rows]] = {
    "responses": _responses,
    "area_scores": _areas,
    "family_scores": _families,
}

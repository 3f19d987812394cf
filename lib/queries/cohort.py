"""The cities a question is about. Every question is asked through `ask`, which puts the named pieces in front of it.

A query names the pieces it needs as if they were tables:
`cohort` (city_id, participation: the cities selected in the cycle), `before` (city_id: those of the compared cycle),
`panel` (city_id: in both), `members` (cycle, city_id: the same filters in every cycle), and the rows of the stage for
those cities: `answers`, `area_scores`, `family_scores`, `city_scores`, each with its twin `…_before` for the compared
cycle. Without a comparison the twins are empty. `paged` is one page of the cities, see `one_page`, with
`paged_answers`, `paged_area_scores` and `paged_family_scores`. `counted` has one row per criterion with an answer:
cities that met it, answered it, and to which it did not apply. `segments` (segment: 1 for the first of the selection's,
city_id) has a row per segment and city in it: a city may be in several or in none, and need not be in the cohort.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from lib.selection import MINIMUM_N, NEAR, NO_LEVEL, PARTICIPATION, Selection
from lib.warehouse import Value, Warehouse

# What the templates below leave open, apart from bound values. A value that the database does not know becomes null,
# and null selects nothing. Comparing as the column's own type keeps the scan on small integers: as text it takes three
# times as long at 10,000 cities.
_STAGE = "stage = try_cast($stage as stage)"
_ASKED = "standard_id = try_cast($standard as standard_id) and " + _STAGE
_NOW = _ASKED + " and cycle = try_cast($cycle as cycle_label)"
# A question may bind `versus_standard` and `versus` itself, to look back at an earlier version of the standard.
_THEN = (
    f"standard_id = try_cast($versus_standard as standard_id) and {_STAGE} and cycle = try_cast($versus as cycle_label)"
)
_ATTRIBUTES = """ and city_id in (
    select city_id
    from city_attribute
    join (
        select unnest($attribute_ids) as attribute_id, try_cast(unnest($attribute_values) as attribute_value) as value
    ) as wanted using (attribute_id, value)
    group by city_id
    having count(*) = $attribute_count
)"""
_PARTICIPATION = " and participation = any($participation)"
_LEVELS = " and city_id in (select city_id from reached)"
_SAME_CITIES = " and city_id in (select city_id from cohort)"

# In an order in which each uses only earlier ones. Lists of cities are small and used often: they are computed once.
# Rows are scanned in place, so that only the columns and cities that are asked for are read. DuckDB 1.5 sorts by an
# enum seven times as slowly as by its code.
_CITIES = {
    "reached": "select city_id from city_score where {now} and coalesce(level, $no_level) = any($levels)",
    "cohort": "select city_id, participation from assessment where {now}{attributes}{own}",
    "before": "select city_id from assessment where {then}{attributes}{same}",
    "panel": "select cohort.city_id from cohort semi join before using (city_id)",
    "members": "select cycle, city_id from assessment where {asked}{attributes}{same}",
}
# Whoever fulfils as many keys of a segment as it has, whether assessed in the cycle or not, and whoever it lists.
_SEGMENTS = {
    "segments": """
        with wanted as (
            select
                unnest($segment_of::text[])::int as segment,
                unnest($segment_keys::text[]) as key,
                unnest($segment_values::text[]) as value,
                unnest($segment_needs::text[])::int as needs
        ),
        fitting as (
            select segment, needs, key, city_id
            from wanted
            join city_attribute
                on attribute_id = key
                and city_attribute.value = try_cast(wanted.value as attribute_value)
            union all
            select segment, needs, key, city_id
            from wanted
            join city_score on {now} and key = 'level' and coalesce(level, $no_level) = value
            union all
            select segment, needs, key, city_id
            from wanted
            join assessment on {now} and key = 'participation' and participation = value
        )
        select segment, city_id
        from fitting
        group by segment, needs, city_id
        having count(distinct key) = needs
        union all
        select segment, try_cast(value as city_id) as city_id
        from wanted
        where key = 'city' and try_cast(value as city_id) is not null""",
}
_ROWS = {
    "answers": "select * from response where {now} and city_id in (select city_id from cohort)",
    "answers_before": "select * from response where {then} and city_id in (select city_id from before)",
    "area_scores": "select * from area_score where {now} and city_id in (select city_id from cohort)",
    "area_scores_before": "select * from area_score where {then} and city_id in (select city_id from before)",
    "family_scores": "select * from family_score where {now} and city_id in (select city_id from cohort)",
    "family_scores_before": "select * from family_score where {then} and city_id in (select city_id from before)",
    "city_scores": "select * from city_score where {now} and city_id in (select city_id from cohort)",
    "city_scores_before": "select * from city_score where {then} and city_id in (select city_id from before)",
}
# Only one of the keys before the score is not null throughout; the planner drops the others, and keeps only a page.
_PAGE = {
    "paged": """
        select *, row_number() over (
            order by key desc nulls last, name_down desc nulls last, then_score desc nulls last, folded, code
        ) as place
        from (
            select
                city_scores.*,
                city.name,
                (select count(*) from cohort) as of,
                strip_accents(lower(city.name)) as folded,
                enum_code(city.city_id) as code,
                coalesce(
                    -wanted.rank,
                    $sign * case $sort when 'score' then score when 'name' then null else sorting.share end
                ) as key,
                case when $sort = 'name' and $sign > 0 then folded end as name_down,
                case when $sort <> 'name' then $sign * score end as then_score
            from city_scores
            join city using (city_id)
            left join (
                select
                    try_cast(unnest($listed::text[]) as city_id) as listed,
                    unnest(range(len($listed::text[]))) as rank
            ) as wanted on wanted.listed = city_scores.city_id
            left join (
                select city_id, share from area_scores where area_id = try_cast($sort as area_id)
                union all
                select city_id, share from family_scores where family_id = try_cast($sort as family_id)
            ) as sorting on sorting.city_id = city_scores.city_id
            where len($listed::text[]) = 0 or wanted.rank is not null
            order by key desc nulls last, name_down desc nulls last, then_score desc nulls last, folded, code
            limit $limit offset $offset
        )""",
}
_COUNTS = {
    "counted": """
        select
            criterion_id,
            count(*) filter (status = 'met') as met,
            count(credit) as answered,
            count(*) filter (status = 'not_applicable') as not_applicable
        from answers
        group by criterion_id""",
}
_PAGE_ROWS = {
    "paged_answers": "select * from response where {now} and city_id in (select city_id from paged)",
    "paged_area_scores": "select * from area_score where {now} and city_id in (select city_id from paged)",
    "paged_family_scores": "select * from family_score where {now} and city_id in (select city_id from paged)",
}
_TEMPLATES = _CITIES | _SEGMENTS | _ROWS | _COUNTS | _PAGE | _PAGE_ROWS


def ask(warehouse: Warehouse, selection: Selection, sql: str, **values: Value) -> pd.DataFrame:
    """The rows of a question about the selected cities. `values` are bound to the question's own parameters."""
    text, bound = question(selection, sql, {"minimum": warehouse.minimum_n} | values)
    return warehouse.fetch(text, bound)


def one_page(sort: str, limit: int, offset: int, *, descending: bool, listed: tuple[str, ...] = ()) -> dict[str, Value]:
    """What the piece `paged` binds: rows of `city_scores` with name, place and of (cities in the cohort).

    `sort` is 'score', 'name' or the id of an area or a family (by its share); anything else means score. Cities that
    tie, or have nothing to sort by (always last), follow by score, then by name. `place` counts from 1 on each page.
    With `listed` (city ids) it is these cities in this order, whatever `sort` says.
    """
    return {"sort": sort, "sign": 1 if descending else -1, "limit": limit, "offset": offset, "listed": listed}


def question(selection: Selection, sql: str, values: Mapping[str, Value]) -> tuple[str, dict[str, Value]]:
    """The whole statement for a question, and the values it binds: for those who fetch in another form."""
    text, names = _statement(_shape(selection), sql)
    known = _values(selection) | dict(values)
    return text, {name: known[name] for name in names}


def _shape(selection: Selection) -> tuple[bool, bool, bool]:
    """All that the text of a statement depends on: is there an attribute, a participation, a level to filter by?"""
    return bool(selection.attributes), bool(selection.participation), bool(selection.levels)


@lru_cache(maxsize=1024)
def _statement(shape: tuple[bool, bool, bool], sql: str) -> tuple[str, tuple[str, ...]]:
    parts = _parts(*shape)
    pieces = {name: template.format_map(parts) for name, template in _TEMPLATES.items()}
    named = _named(sql, pieces)
    text = _joined(",\n".join(_piece(name, pieces[name]) for name in pieces if name in named), sql.strip())
    return text, tuple(dict.fromkeys(re.findall(r"\$(\w+)", text)))


def _piece(name: str, body: str) -> str:
    return f"{name} as {'materialized' if name in _CITIES | _SEGMENTS | _PAGE else 'not materialized'} (\n{body}\n)"


def _joined(bodies: str, sql: str) -> str:
    """A question that has steps of its own begins with `with`; the pieces go before its first step."""
    own_steps = sql.removeprefix("with ")
    return f"with {bodies}{',' if own_steps != sql else ''}\n{own_steps}" if bodies else sql


def _named(sql: str, pieces: Mapping[str, str]) -> set[str]:
    """The pieces that a text names, and those that they name in turn."""
    found = {name for name in pieces if re.search(rf"\b{name}\b", sql)}
    return found.union(*(_named(pieces[name], {key: pieces[key] for key in pieces if key != name}) for name in found))


def _parts(attributes: bool, participation: bool, levels: bool) -> dict[str, str]:
    own = (_PARTICIPATION if participation else "") + (_LEVELS if levels else "")
    return {
        "asked": _ASKED,
        "now": _NOW,
        "then": _THEN,
        "attributes": _ATTRIBUTES if attributes else "",
        "own": own,
        "same": _SAME_CITIES if own else "",
    }


def _values(selection: Selection) -> dict[str, Value]:
    pairs = [(id_, value) for id_, values in selection.attributes for value in values]
    return {
        "standard": selection.standard,
        "cycle": selection.cycle,
        "stage": selection.stage,
        "versus": selection.versus,
        "versus_standard": selection.standard,
        "attribute_ids": tuple(id_ for id_, _ in pairs),
        "attribute_values": tuple(value for _, value in pairs),
        "attribute_count": len(selection.attributes),
        "levels": selection.levels,
        "participation": selection.participation,
        "no_level": NO_LEVEL,
        "minimum": MINIMUM_N,
        "near": NEAR,
        **_segment_values(selection),
    }


def _segment_values(selection: Selection) -> dict[str, Value]:
    """Every value that a segment asks for: of which segment, for which key, and how many keys the segment has."""
    ids = {word: id_ for id_, word in PARTICIPATION.items()}
    rows = [
        (str(place), key, ids.get(value, value) if key == "participation" else value, str(len(segment.conditions)))
        for place, segment in enumerate(selection.segments, 1)
        for key, values in (*segment.conditions, ("city", segment.cities))
        for value in values
    ]
    of, keys, values, needs = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {"segment_of": of, "segment_keys": keys, "segment_values": values, "segment_needs": needs}

"""Cities that nearly match: proposed in words, never taken."""

import duckdb

# One row per spelling of the batch that means no city of a cities file but resembles one. Few spellings are compared,
# each with every listed city.
ODD = """
    create or replace temp table city_odd as
    select distinct
        city_id,
        city,
        name
    from city_spelling
    where name is not null and (reason = 'unknown city' or means not in (select city_id from city_known where listed))
        and exists (from city_known where listed)
    order by all
    limit 20
"""
NEAR = """
    with compared as (
        select
            odd.*,
            city_known.name as likely,
            city_known.city_id as likely_id,
            jaro_winkler_similarity(place_key(plain_place(odd.name)), key) as likeness
        from city_odd as odd
        cross join city_spelt
        join city_known using (city_no)
    )
    select
        min(source_id),
        compared.name,
        arg_max(likely, likeness),
        arg_max(likely_id, likeness)
    from compared
    join record
        on record.city is not distinct from compared.city and record.city_id is not distinct from compared.city_id
    where likeness >= 0.9
    group by compared.name
    order by all
"""


def near_cities(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    """(source_id, sentence) for each spelling in the batch just staged that resembles a city it does not name."""
    connection.execute(ODD)
    if not connection.execute("select 1 from city_odd limit 1").fetchall():
        return []
    return [
        (source_id, f"{spelt!r} may be {name} ({city_id}); if it is, say so in an aliases file")
        for source_id, spelt, name, city_id in connection.execute(NEAR).fetchall()
    ]

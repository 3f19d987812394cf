"""Repairs at work: fixes change a cell before anything is judged; both kinds are counted by source."""

from collections.abc import Iterable, Sequence

import duckdb

from pipelines.given import fill
from pipelines.layouts.matching import key
from pipelines.layouts.quoting import identifier
from pipelines.repairs import Alias, Fix
from pipelines.staging import Taken

FIXING = """
    create or replace temp table fixing as
    select
        place,
        fix.*
    from fix
    join record using (source_id, row)
    where (header is null or header in (place_key("column"), place_key(criterion)))
        and trim(coalesce(record.{cell}, '')) = fix."from"
"""
UPDATE = 'update incoming set {cell} = fixing."to" from fixing where incoming.rowid = fixing.place'
COUNT_FIXES = """
    insert into repair
    select
        source_id,
        'fix',
        place_told,
        "to",
        reason,
        count(*)
    from fixing
    group by all
    order by all
"""
# How often each alias decided a spelling of the batch, by source; before that, how each spelling reads to it.
COUNT_ALIASES = """
    insert into repair
    with spelling as (
        select 'city' as kind, source_id, place_key(city) as spelt, count(*) as times from record group by all
        union all
        select 'city', source_id, place_key(city_id), count(*) from record group by all
        union all
        select 'criterion', source_id, place_key("column"), count(*) from record group by all
        union all
        select 'criterion', source_id, place_key(criterion), count(*) from record group by all
        union all
        select 'answer', source_id, fold(answer), count(*) from record group by all
    )
    select
        source_id,
        kind,
        "from",
        "to",
        reason,
        sum(times)
    from alias
    join spelling using (kind)
    where spelt = if(kind = 'answer', fold("from"), place_key("from"))
    group by all
    order by all
"""


def mend(connection: duckdb.DuckDBPyConnection, taken: Iterable[Taken], fixes: Sequence[Fix]) -> None:
    """Apply the fixes of the batch's files to `incoming`, and record which fired."""
    by_cell: dict[str, list[tuple[object, ...]]] = {}
    for one in taken:
        for fix in (fix for fix in fixes if fix.file == one.source.file.file):
            meaning = {key(header): meaning for meaning, header in one.table.headers.items()}.get(key(fix.column))
            header = None if meaning else key(fix.column)
            told = (_place(fix), one.place.source_id, fix.row, header, fix.written, fix.meant, fix.reason)
            by_cell.setdefault(meaning or "answer", []).append(told)
    for cell, rows in by_cell.items():
        connection.execute("delete from fix")
        fill(connection, "fix", rows)
        connection.execute(FIXING.replace("{cell}", identifier(cell)))
        connection.execute(UPDATE.replace("{cell}", identifier(cell)))
        connection.execute(COUNT_FIXES)


def count_aliases(connection: duckdb.DuckDBPyConnection, aliases: Sequence[Alias]) -> None:
    """Record how many answers of the batch each alias had a say in."""
    if aliases:
        connection.execute(COUNT_ALIASES)


def record_unused(connection: duckdb.DuckDBPyConnection, aliases: Iterable[Alias], fixes: Iterable[Fix]) -> None:
    """A row without a source for each repair that never fired."""
    told = [(x.kind, x.written, x.meant, x.reason) for x in aliases]
    told += [("fix", _place(x), x.meant, x.reason) for x in fixes]
    fired = set(connection.execute('select distinct kind, "from", "to", reason from repair').fetchall())
    fill(connection, "repair", [(None, *row, 0) for row in dict.fromkeys(told) if row not in fired])


def _place(fix: Fix) -> str:
    return f"{fix.file} row {fix.row} {fix.column}: {fix.written}"

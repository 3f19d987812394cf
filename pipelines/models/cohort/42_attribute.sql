-- One row per attribute of a city: those of the files, and the bands derived from numbers.
create table attribute as
with given as (
    select
        attribute_id,
        min(name) as name,
        if(bool_and(numeric), 'number', 'category') as kind,
        min(known) as known,
        min(first_seen) as first_seen
    from attribute_column
    group by attribute_id
),
derived as (
    select distinct
        given_band.attribute_id,
        given_band.name,
        'category' as kind,
        known,
        first_seen
    from given_band
    join given on given.attribute_id = number_id and given.kind = 'number'
)
select
    attribute_id,
    name,
    kind,
    row_number() over (order by known, first_seen, kind desc, attribute_id)::usmallint as position
from (from given union all from derived)
order by position

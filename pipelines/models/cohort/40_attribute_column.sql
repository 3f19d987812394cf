-- One row per column of the cities files and mappings: the attribute it is. Known headers first, in their order,
-- then the others as they come; a column whose every value is a number is a number. Ids that the app's address
-- needs for itself get a suffix.
create temp table attribute_column as
with columns as (
    select
        label,
        min([file_no, row]) as first_seen,
        bool_and(try_cast(value as double) is not null) as numeric
    from city_fact
    where nullif(trim(value), '') is not null
    group by label
),
named as (
    select
        label,
        coalesce(attribute_id, replace(slug(label), '-', '_')) as id,
        coalesce(given_attribute.name, label) as name,
        numeric,
        coalesce(position, 1000) as known,
        first_seen
    from columns
    left join given_attribute on header = fold(label)
)
select
    label,
    if(id in (
        'standard', 'cycle', 'stage', 'versus', 'level', 'participation', 'city', 'area', 'criterion', 'sort',
        'direction', 'split', 'page', 'table', 'view', 'order', 'columns', 'family', 'segment', 'near', 'workshops',
        'success', 'aim', 'attribute', 'peer', 'across', 'wording', 'flow', 'group', 'against', 'peers', 'many',
        'weigh', 'pick', 'effort', 'ticks', 'with', 'sql', 'shape', 'format', 'limit', 'offset', 'cursor',
        'city_id', 'name'
    ), id || '_attribute', id) as attribute_id,
    name,
    numeric,
    known,
    first_seen
from named

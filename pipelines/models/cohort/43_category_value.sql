-- One row per city and category attribute with a value, bands included.
create temp table category_value as
with banded as (
    select
        city_id,
        given_band.attribute_id,
        arg_max(band, given_band.position) as value,
        max(given_band.position) as place
    from city_value
    join given_band on number_id = city_value.attribute_id and try_cast(value as double) >= lower_bound
    group by all
)
select
    city_id,
    attribute_id,
    value,
    place
from (select *, 0 as place from city_value union all from banded)
semi join (from attribute where kind = 'category') using (attribute_id)

-- The block of each city, the same for every viewer: as the release placed it.
create temp table placed as
select distinct standard_id, cycle, city_id, block_id
from temp.told;
-- What may be shown of it, as far as this version has such a value.
create temp table shown as
select placed.standard_id, placed.cycle, placed.city_id, attribute_id, value
from released.shown as shown
join temp.placed as placed
    on placed.standard_id::text = shown.standard_id
    and placed.cycle::text = shown.cycle
    and placed.city_id = shown.city_id
semi join (select distinct attribute_id, value::text as value from published.city_attribute)
    using (attribute_id, value);
-- What the members of each block answered, all of them counted.
create temp table counted as
with asked as (
    select standard_id, cycle, stage, block_id, count(*) as cities
    from temp.told
    group by all
),
answers as (
    select
        standard_id,
        cycle,
        stage,
        block_id,
        try_cast(criterion_id as criterion_id) as criterion_id,
        count(credit) as answered,
        count(*) filter (status = 'met') as met,
        count(*) filter (status = 'not_applicable') as not_applicable
    from released.response
    join temp.told using (number)
    group by all
)
select *
from answers
join asked using (standard_id, cycle, stage, block_id)
where criterion_id is not null
order by standard_id, cycle, stage, block_id, criterion_id

-- The others' moved scores, belonging to nobody: in an order of their own, and in groups of at least five.
create or replace temp view block_score as
with own_scores as (
    select cell, count(*) as own_cities
    from temp.moved
    semi join temp.own using (city_id)
    group by cell
)
select standard_id, cycle, stage, block_id, area_id, score
from temp.moved
anti join temp.own using (city_id)
left join own_scores using (cell)
where cities - coalesce(own_cities, 0) >= 5
order by place;
-- The blocks in which the viewer sits are worked out anew without them.
create or replace temp view block_change as
with touched as (
    select distinct cell
    from temp.compared
    semi join temp.own using (city_id)
),
anew as (
    select standard_id, cycle, versus, stage, block_id, area_id, cell, count(*)::integer as cities, median(change) as change
    from temp.compared
    semi join touched using (cell)
    anti join temp.own using (city_id)
    group by all
)
select standard_id, cycle, versus, stage, block_id, area_id, cities, change
from (
    from temp.changed
    anti join touched using (cell)
    union all by name
    from anew
)
where cities >= 5
order by cell

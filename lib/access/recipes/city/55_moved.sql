-- One score per member of a block and area, and in total, moved by a noise that is the same for every viewer. The noise
-- has two tails that never end, so every true score could have given what is shown, and no sum of answers says which
-- did: a third as likely with each criterion further, none half of the time. `place` is an order of its own inside each
-- `cell`, of which `cities` have a score.
create temp table moved as
with step as (
    -- What one criterion adds at most: the unit of the noise, and of what is shown.
    select
        standard_id,
        score_max,
        max(if(aggregation = 'mean_of_areas', 100 / areas / area.weight, 1) * criterion.weight) as unit
    from standard
    join criterion using (standard_id)
    join area using (standard_id, area_id)
    group by all
),
scored as (
    select told.*, try_cast(area_id as area_id) as area_id, score, most, 1 as unit
    from released.area_score
    join temp.told as told using (number)
    where try_cast(area_id as area_id) is not null
    union all
    select told.*, null, score, score_max, unit
    from released.city_score
    join temp.told as told using (number)
    join step using (standard_id)
),
secret as (
    select
        *,
        sha256(concat_ws(chr(31), $key, 'noise', standard_id, cycle, stage, city_id, coalesce(area_id::text, ''))) as secret
    from scored
),
noise as (
    select
        *,
        (('0x' || secret[:12])::bigint + 1) / 2.0 ^ 48 as chance,
        if(secret[13] < '8', -1, 1) as side
    from secret
)
select
    standard_id,
    cycle,
    stage,
    block_id,
    area_id,
    city_id,
    greatest(0, least(most, unit * (
        round(score / unit) + side * if(chance > 0.5, 0, 1 + floor(ln(2 * chance) / ln(1 / 3)))
    )))::double as score,
    dense_rank() over (order by standard_id, cycle, stage, block_id, area_id) as cell,
    count(*) over (partition by standard_id, cycle, stage, block_id, area_id) as cities,
    row_number() over (order by standard_id, cycle, stage, block_id, area_id, secret) as place
from noise
order by place;
-- How far each member's moved score is from its moved score in the cycle before. Made of nothing but what is shown, so it
-- tells no more of any answer.
create temp table compared as
with before as (
    select standard_id, cycle, lag(cycle) over (partition by standard_id order by position) as versus
    from published.cycle
)
select
    later.standard_id,
    later.cycle,
    versus,
    later.stage,
    later.block_id,
    later.area_id,
    later.city_id,
    later.cell,
    later.score - earlier.score as change
from temp.moved as later
join before
    on before.standard_id = later.standard_id and before.cycle = later.cycle
join temp.moved as earlier
    on earlier.standard_id = later.standard_id
    and earlier.cycle = before.versus
    and earlier.stage = later.stage
    and earlier.city_id = later.city_id
    and earlier.area_id is not distinct from later.area_id;
-- The median of each block, and never a sum: two sums that differ by one city would tell of that one.
create temp table changed as
select
    standard_id,
    cycle,
    versus,
    stage,
    block_id,
    area_id,
    cell,
    count(*)::integer as cities,
    median(change) as change
from temp.compared
group by all

-- One score per member and area, and in total, belonging to nobody: in an order of its own, and each moved by a noise
-- that is the same for every viewer. The noise has two tails that never end, so every true score could have given what
-- is shown, and no sum of answers says which did: a third as likely with each criterion further, none half of the time.
create table block_score as
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
    select standard_id, cycle, stage, city_id, area_id, met::double as score, asked::double as most, 1 as unit
    from published.area_score
    where answered > 0
    union all
    select standard_id, cycle, stage, city_id, null, score, score_max, unit
    from published.city_score
    join step using (standard_id)
    where score is not null
),
secret as (
    select
        standard_id,
        cycle,
        stage,
        block_id,
        area_id,
        score,
        most,
        unit,
        sha256(concat_ws(chr(31), $key, 'noise', standard_id, cycle, stage, city_id, coalesce(area_id::text, ''))) as secret
    from scored
    join temp.peer using (standard_id, cycle, city_id)
    qualify count(*) over (partition by standard_id, cycle, stage, block_id, area_id) >= 5
),
moved as (
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
    greatest(0, least(most, unit * (
        round(score / unit) + side * if(chance > 0.5, 0, 1 + floor(ln(2 * chance) / ln(1 / 3)))
    )))::double as score
from moved
order by standard_id, cycle, stage, block_id, area_id, secret

"""The text of the tables that have one row per criterion: rates, and changes of those in both cycles."""

CRITERION_RATES = """
select
    criterion.standard_id,
    $cycle as cycle,
    $stage as stage,
    criterion.area_id,
    area.name as area,
    criterion.criterion_id,
    criterion.short_name,
    coalesce(met, 0) as met,
    coalesce(answered, 0) as answered,
    (select count(*) from cohort) - coalesce(not_applicable, 0) as asked,
    if(answered >= $minimum, met / answered, null) as pass_rate,
    if(answered >= $minimum, wilson_low(met, answered), null) as low,
    if(answered >= $minimum, wilson_high(met, answered), null) as high,
    case
        when answered >= $minimum then 'given'
        when answered > 0 then 'suppressed'
        when coalesce(not_applicable, 0) < (select count(*) from cohort) then 'not_answered'
        else 'not_applicable'
    end as rate_status
from criterion
join area using (standard_id, area_id)
left join counted using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id) and exists (from cohort)
"""

PUBLIC_RATES = """
select
    criterion.standard_id,
    $cycle as cycle,
    $stage as stage,
    criterion.area_id,
    area.name as area,
    criterion.criterion_id,
    criterion.short_name,
    rate.met,
    rate.met_low,
    rate.met_high,
    rate.answered,
    rate.asked,
    rate.pass_rate,
    rate.low,
    rate.high,
    if(rate.pass_rate is null, 'suppressed', 'given') as rate_status
from criterion
join area using (standard_id, area_id)
left join criterion_rate as rate
    on rate.standard_id = criterion.standard_id
    and rate.criterion_id = criterion.criterion_id
    and rate.cycle = try_cast($cycle as cycle_label)
    and rate.stage = try_cast($stage as stage)
where criterion.standard_id = try_cast($standard as standard_id)
    and len($levels::text[]) = 0
    and len($participation::text[]) = 0
"""
"""The rates of all together, as far as everybody may know them; of a part of them there are none."""

PANEL_CHANGES = """
with same as (
    select
        criterion_id,
        count(*) as n,
        count(*) filter (current.status = 'met' and earlier.status = 'met') as kept,
        count(*) filter (current.status = 'met' and earlier.status <> 'met') as gained,
        count(*) filter (current.status <> 'met' and earlier.status = 'met') as lost
    from answers as current
    join answers_before as earlier using (city_id, criterion_id)
    where current.credit is not null and earlier.credit is not null
    group by criterion_id
)
select
    criterion.standard_id,
    $cycle as cycle,
    $stage as stage,
    $versus as versus,
    criterion.area_id,
    area.name as area,
    criterion.criterion_id,
    criterion.short_name,
    coalesce(n, 0) as panel,
    case when n >= $minimum then 'given' when n > 0 then 'suppressed' else 'not_answered' end as change_status,
    if(n >= $minimum, kept, null) as kept,
    if(n >= $minimum, gained, null) as gained,
    if(n >= $minimum, lost, null) as lost,
    if(n >= $minimum, (kept + lost) / n, null) as rate_before,
    if(n >= $minimum, (kept + gained) / n, null) as rate_now,
    if(n >= $minimum, (gained - lost) / n, null) as change
from criterion
join area using (standard_id, area_id)
left join same using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id) and $versus is not null and exists (from cohort)
"""

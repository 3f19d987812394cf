-- Dates are left out: somebody who knows when a city sent its answers would find it by them.
create table assessment as
select
    standard_id,
    coded.city_id,
    cycle,
    stage,
    null::timestamp as submitted_at,
    answered,
    asked,
    participation
from published.assessment as assessment
join temp.coded as coded on city_was = assessment.city_id
order by standard_id, enum_code(coded.city_id), cycle, stage;
create table area_score as
select standard_id, coded.city_id, cycle, stage, area_id, met, answered, asked, share
from published.area_score as area_score
join temp.coded as coded on city_was = area_score.city_id
order by enum_code(standard_id), enum_code(coded.city_id), enum_code(cycle), enum_code(stage), enum_code(area_id);
create table family_score as
select standard_id, coded.city_id, cycle, stage, family_id, met, answered, asked, share
from published.family_score as family_score
join temp.coded as coded on city_was = family_score.city_id
order by enum_code(standard_id), enum_code(coded.city_id), enum_code(cycle), enum_code(stage), enum_code(family_id);
create table city_score as
select
    standard_id,
    coded.city_id,
    cycle,
    stage,
    met,
    answered,
    asked,
    score,
    share,
    level,
    level_position,
    next_level,
    to_next,
    boundary_note
from published.city_score as city_score
join temp.coded as coded on city_was = city_score.city_id
order by standard_id, enum_code(coded.city_id), cycle, stage;
create table criterion_rate as
select
    standard_id,
    cycle,
    stage,
    criterion_id,
    met,
    answered,
    asked,
    if(answered >= $least, pass_rate, null) as pass_rate,
    if(answered >= $least, low, null) as low,
    if(answered >= $least, high, null) as high
from published.criterion_rate
order by standard_id, cycle, stage, criterion_id

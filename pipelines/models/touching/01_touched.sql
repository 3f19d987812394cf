-- One row per standard and published city that the new sources answer for.
create table old.touched as
select
    standard.standard_id,
    try_cast(city_known.city_id as base.city_id) as city_id
from (select distinct standard_no, city_no from answer where reason is null) as answered
join base.standard on standard.position = standard_no
join city_known using (city_no)
where shown

-- Cities that no file named before are known from here on. Ids that differ by case or spaces only are one city.
insert into city_known
select
    (select count(*) from city_known) + row_number() over (order by fold(means)),
    min(means),
    min(name),
    false,
    false,
    fold(means),
    place_key(min(name))
from city_spelling
where means is not null and fold(means) not in (select id_key from city_known)
group by fold(means)

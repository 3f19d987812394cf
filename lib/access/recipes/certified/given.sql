-- Who was announced as certified; where the database has no such table, nobody.
create temp table certified as
select
    standard_id,
    city_id::text as city_id,
    cycle,
    level::text as level,
    announced_on::date as announced_on
from published.certification

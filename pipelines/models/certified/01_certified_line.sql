-- One row per line: whom it means, and what is wrong with it, if anything. `withdrawn` is the level of nobody.
create or replace temp table certified_line as
with written as (
    select
        source_id,
        file,
        row,
        standard_id,
        city_id as id_cell,
        city as name_cell,
        state as state_cell,
        coalesce(nullif(trim(city_id), ''), city, '') as written_city,
        coalesce(trim(cycle), '') as written_cycle,
        coalesce(trim(level), '') as written_level,
        coalesce(updated_at, '') as written_date,
        date_spelling.means::date as announced_on,
        date_spelling.reason is not null as odd_date
    from given_certification
    left join date_spelling using (updated_at)
),
matched as (
    select
        written.* exclude (id_cell, name_cell, state_cell),
        city.city_id,
        cycle.cycle,
        level.level,
        coalesce(fold(written_level) = 'withdrawn', false) as withdrawn
    from written
    left join city_spelling
        on city_spelling.city_id is not distinct from id_cell
        and city_spelling.city is not distinct from name_cell
        and city_spelling.state is not distinct from state_cell
    left join city on city.city_id::text = city_spelling.means
    left join cycle on cycle.standard_id::text = written.standard_id and cycle.cycle::text = written_cycle
    left join level on level.standard_id::text = written.standard_id and fold(level.level) = fold(written_level)
)
select
    matched.*,
    case
        when city_id is null then 'unknown city'
        when cycle is null then 'unknown cycle'
        when level is null and not withdrawn then 'unknown level'
        when odd_date then 'invalid date'
        when count(distinct coalesce(level, '')) over (partition by source_id, standard_id, city_id, cycle) > 1
            then 'told twice'
    end as fault
from matched

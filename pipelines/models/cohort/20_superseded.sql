-- One row per answer that a later submission of the same city, cycle and stage replaced.
-- Only assessments with more answers than different criteria can hold one: the mask counts the latter (positions
-- 64 apart share a bit, which at worst looks at an assessment in vain), so the window runs over those few.
create temp table superseded as
with contested as (
    select
        standard_no,
        city_no,
        cycle_no,
        stage
    from answer
    where reason is null
    group by all
    having count(*) > bit_count(bit_or(1::ubigint << (criterion_no % 64)))
),
ranked as (
    select
        answer.rowid as answer_row,
        answer.source_id,
        row_number() over (
            partition by standard_no, city_no, cycle_no, stage, criterion_no
            order by coalesce(updated_at, loaded_at) desc, source_id desc, row desc, place desc
        ) as turn
    from answer
    join contested using (standard_no, city_no, cycle_no, stage)
    join loaded using (source_id)
    where reason is null
)
select
    answer_row,
    source_id
from ranked
where turn > 1

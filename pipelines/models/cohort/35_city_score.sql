-- One row per assessment: its score, its level, and how far the next one is.
-- Sums are rounded to nine places so that adding up weights cannot miss a minimum by a hair.
create table city_score as
with area_means as (
    select
        standard_id,
        city_id,
        cycle,
        stage,
        count(*) filter (area_score.asked > 0 and area_score.answered = 0) as unanswered_areas,
        100 * avg(share) as mean_of_areas
    from area_score
    semi join (from standard where aggregation = 'mean_of_areas') as standard using (standard_id)
    group by all
),
earned as (
    select
        standard_id,
        city_id,
        cycle,
        stage,
        bit_count(met) as met,
        bit_count(met)::double as earned
    from answer_mask
    union all
    select
        standard_id,
        city_id,
        cycle,
        stage,
        sum(met),
        sum(earned)
    from area_answers
    group by all
),
sums as (
    select
        assessment.standard_id,
        assessment.city_id,
        assessment.cycle,
        assessment.stage,
        met,
        answered,
        asked,
        earned,
        unanswered_areas,
        mean_of_areas
    from assessment
    join earned using (standard_id, city_id, cycle, stage)
    left join area_means using (standard_id, city_id, cycle, stage)
),
scored as (
    select
        sums.*,
        score_max,
        round(case aggregation
            when 'mean_of_areas' then if(unanswered_areas = 0, mean_of_areas, null)
            else earned
        end, 9) as score,
        level_position(sums.standard_id, score) as level_position
    from sums
    join standard using (standard_id)
)
select
    scored.standard_id,
    city_id,
    cycle,
    stage,
    met::usmallint as met,
    answered::usmallint as answered,
    asked::usmallint as asked,
    scored.score,
    scored.score / score_max as share,
    reached.level,
    scored.level_position,
    following.level as next_level,
    round(following.minimum - scored.score, 9) as to_next,
    boundary.note as boundary_note
from scored
left join level as reached
    on reached.standard_id = scored.standard_id and reached.position = scored.level_position
left join level as following
    on following.standard_id = scored.standard_id and following.position = scored.level_position + 1
left join boundary
    on boundary.standard_id = scored.standard_id and boundary.score = scored.score
order by scored.standard_id, city_id, cycle, stage

-- The areas of an assessment add up to the assessment, and the assessment to its responses.
with areas as (
    select standard_id, city_id, cycle, stage, sum(met) as met, sum(answered) as answered, sum(asked) as asked
    from area_score
    group by all
)
select standard_id, city_id, cycle, stage
from assessment
full join areas using (standard_id, city_id, cycle, stage)
full join city_score using (standard_id, city_id, cycle, stage)
where (assessment.answered, assessment.asked, areas.met) is distinct from (areas.answered, areas.asked, city_score.met)
    or (city_score.answered, city_score.asked) is distinct from (assessment.answered, assessment.asked)

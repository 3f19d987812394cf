-- Level, next level and the way to it agree with the standard's minimums.
select standard_id, city_id, cycle, stage, score, city_score.level, next_level, to_next
from city_score
left join level as reached using (standard_id, level)
left join level as next on next.standard_id = city_score.standard_id and next.level = next_level
where reached.minimum > score
    or next.minimum <= score
    or round(next.minimum - score, 9) is distinct from to_next
    or (score is not null and city_score.level is null and next_level is distinct from (
        select level from level as lowest where lowest.standard_id = city_score.standard_id and position = 1
    ))

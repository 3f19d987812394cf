-- The only place that computes a level: the position of the highest level whose minimum the score reaches,
-- 0 below the first, null where there is no score.
create macro level_position(of_standard, score) as (
    select if(score is null, null, count(*)::utinyint)
    from level
    where level.standard_id = of_standard and level.minimum <= score
)

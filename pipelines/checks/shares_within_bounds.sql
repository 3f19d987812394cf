-- Nobody earns less than nothing or more than everything, and nothing answered has no share.
select standard_id, city_id, cycle, stage, area_id, met, answered, asked, share
from area_score
where met > answered or answered > asked or share not between 0 and 1 or (share is null) <> (answered = 0)

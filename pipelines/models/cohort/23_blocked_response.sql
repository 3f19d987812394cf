update response
set status = 'blocked', credit = 0
from workings.blocked as unearned
where response.standard_id = unearned.standard_id
    and response.city_id = unearned.city_id
    and response.cycle = unearned.cycle
    and response.stage = unearned.stage
    and response.criterion_id = unearned.criterion_id

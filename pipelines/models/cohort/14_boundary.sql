-- One row per score whose level is contested.
create table boundary as
select
    standard_id::standard_id as standard_id,
    score,
    note
from given_boundary
order by standard_id, score

-- The others, each under a name that only this viewer sees and only in this cycle; a block in which fewer than five
-- others are left is no block. Certified in the cycle means announced, so there the name is known.
create or replace temp table peer as
with others as (
    select
        placed.*,
        sha256(concat_ws(chr(31), $key, 'peer', $viewer, standard_id, cycle, city_id)) as secret
    from temp.placed as placed
    anti join temp.own using (city_id)
    qualify count(*) over (partition by standard_id, cycle, block_id) >= 5
)
select
    standard_id,
    cycle,
    city_id,
    block_id,
    secret,
    'peer-' || secret[:12] as peer_id,
    'Peer ' || translate(secret[13:18], '0123456789abcdef', '2345679ACDEHKMQR') as pseudonym
from others

create or replace temp view block as
select standard_id, cycle, block_id, count(*)::integer as cities
from temp.peer
group by all
order by all;
create or replace temp view block_member as
with announced as (
    select standard_id, city_id, cycle, arg_max(level, announced_on) as level, any_value(name) as name
    from certification
    group by all
)
select
    peer.standard_id,
    peer.cycle,
    block_id,
    peer_id,
    coalesce(announced.name, pseudonym) as name,
    announced.level as certified_level
from temp.peer as peer
left join announced
    on announced.standard_id = peer.standard_id
    and announced.cycle = peer.cycle
    and announced.city_id = peer.city_id
order by peer.standard_id, peer.cycle, block_id, secret;
create or replace temp view block_attribute as
select standard_id, cycle, peer_id, attribute_id, value
from temp.peer
join temp.shown using (standard_id, cycle, city_id)

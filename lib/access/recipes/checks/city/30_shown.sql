-- Attributes that not all members of a block share: with the block, they would be those of fewer than five.
select 'block_attribute'
from block_attribute
join block_member using (standard_id, cycle, peer_id)
join block using (standard_id, cycle, block_id)
group by standard_id, cycle, block_id, block.cities, attribute_id, value
having count(*) <> block.cities

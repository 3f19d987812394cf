-- One row per attribute cell, as it was read.
create table workings.city_fact as
from city_fact

-- One row per way to write a city of the cities files.
create table workings.city_spelt as
from city_spelt

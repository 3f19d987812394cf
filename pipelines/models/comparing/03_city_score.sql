create view new.city_score as
from main.city_score

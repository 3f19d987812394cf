create temp view city_spelt as
from base.workings.city_spelt

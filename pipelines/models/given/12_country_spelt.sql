-- One row per way to write a country of the table region.
create temp table country_spelt as
from (values
    ('US', 'US'), ('US', 'USA'), ('US', 'United States'), ('US', 'United States of America'), ('US', 'Estados Unidos'),
    ('CA', 'CA'), ('CA', 'CAN'), ('CA', 'Canada'), ('BR', 'BR'), ('BR', 'BRA'), ('BR', 'Brazil'), ('BR', 'Brasil'),
    ('MX', 'MX'), ('MX', 'MEX'), ('MX', 'Mexico')
) as told (country, spelt)

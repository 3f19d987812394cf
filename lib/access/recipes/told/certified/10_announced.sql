comment on table certification is 'One row per published certification: announced by the programme, so everybody may know it';
comment on column certification.standard_id is 'The standard, e.g. wwc-2022';
comment on column certification.city_id is 'The id of the certified city';
comment on column certification.name is 'Its name';
comment on column certification.cycle is 'The cycle it was certified for';
comment on column certification.level is 'The level it was certified at';
comment on column certification.announced_on is 'The day it was announced; null when not told';
comment on table certified_attribute is 'One row per certified city and attribute of it that the settings let everybody know';
comment on column certified_attribute.city_id is 'The id of the certified city';
comment on column certified_attribute.attribute_id is 'The attribute, e.g. country';
comment on column certified_attribute.name is 'Its name';
comment on column certified_attribute.position is 'Its place among the attributes';
comment on column certified_attribute.value is 'Its value'

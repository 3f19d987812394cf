create view new.response as
from main.response

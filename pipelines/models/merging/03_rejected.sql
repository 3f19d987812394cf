insert into base.rejected
from rejected

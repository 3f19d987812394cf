"""Work spread over processes: in order, the same as without them, and never without an end."""

import os
from operator import neg

import pytest

from pipelines.layouts import LayoutError
from pipelines.spreading import WORTH_PROCESSES, spread


@pytest.mark.parametrize("many", [0, 1, WORTH_PROCESSES, 3 * WORTH_PROCESSES + 1])
def test_results_come_in_the_order_of_the_files(many: int) -> None:
    assert list(spread(neg, range(many))) == [-number for number in range(many)]


def test_a_process_that_is_killed_is_one_sentence() -> None:
    with pytest.raises(LayoutError, match="ended by the system; is there memory enough"):
        list(spread(os._exit, [1] * WORTH_PROCESSES))

"""Reports edited at random as people do: nothing is judged or brought up to date wrongly."""

import pytest


@pytest.mark.parametrize("seed", range(100))
def test_no_edit_passes_for_a_true_figure_and_no_stale_one_is_missed(trials, seed):
    assert trials.faults(seed) == []

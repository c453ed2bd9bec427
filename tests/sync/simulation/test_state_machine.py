"""The same world driven by Hypothesis: it looks for a short story that breaks an invariant, and shortens what it finds.

`ZOUFANG_SYNC_STORIES` says how many stories it tries (else 60, in a soak 3,000).
"""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from typing_extensions import override

from tests.sync.simulation.faults import NONE, Mutant
from tests.sync.simulation.world import LIFE, World
from tests.sync.soak import tries
from tests.sync.tally import tally

STORIES = tries(60, 3_000, "ZOUFANG_SYNC_STORIES")
steps = st.sampled_from([step for step, _ in LIFE])
choices = st.integers(0, 1 << 16)


class SyncMachine(RuleBasedStateMachine):
    """One world; each rule is something that happens in it."""

    mutants: frozenset[Mutant] = NONE

    def __init__(self) -> None:
        super().__init__()
        self.world = World(0, self.mutants)

    @rule(step=steps, choice=choices)
    def something_happens(self, step: Callable[[World], None], choice: int) -> None:
        """Let a step happen; the choices inside it are drawn too."""
        self.world.random.seed(choice)
        step(self.world)
        assert not self.world.witness.violations

    @rule(index=st.integers(0, 2))
    def a_laptop_has_a_good_line(self, index: int) -> None:
        """Let one laptop finish a round."""
        self.world.network.fair = True
        self.world.sync(self.world.laptops[index], 3)
        self.world.network.fair = False
        assert not self.world.witness.violations

    @override
    def teardown(self) -> None:
        """Let the world come to rest and compare everything."""
        if self.world.witness.violations:
            return  # told already
        self.world.come_to_rest()
        assert not self.world.witness.violations


class WholeRowMachine(SyncMachine):
    """The same with a bug."""

    mutants = frozenset({Mutant.WHOLE_ROW})


def _settings(stories: int, *, shorten: bool) -> settings:
    return settings(
        phases=[Phase.generate, Phase.shrink] if shorten else [Phase.generate],
        max_examples=stories,
        stateful_step_count=40,
        derandomize=not shorten,
        deadline=None,
        database=None,
        print_blob=True,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )


@pytest.mark.timeout(0)
def test_no_story_breaks_an_invariant() -> None:
    run_state_machine_as_test(SyncMachine, settings=_settings(STORIES, shorten=True))
    tally("model: story drawn step by step (Hypothesis)", STORIES)


@pytest.mark.timeout(600)
def test_a_story_is_found_for_a_bug_put_in_on_purpose() -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(WholeRowMachine, settings=_settings(2000, shorten=False))

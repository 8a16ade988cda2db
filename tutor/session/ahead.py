"""Running ahead: what the learner's next key may ask for, run while they read."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.course.model import Question, Scenario, Step


def scenarios_ahead(
    item: Step | Question, following: Step | Question | None
) -> Iterator[Scenario]:
    """The scenarios that come after `item` is shown, the soonest first."""
    if isinstance(item, Question):
        yield from (option.refutation.scenario for option in item.options if option.refutation)
    if following is not None:
        yield from _shown_at_once(following)


def _shown_at_once(item: Step | Question) -> Iterator[Scenario]:
    if isinstance(item, Question):
        yield item.scenario
        return
    yield item.demonstration.scenario
    if item.demonstration.compare is not None:
        yield item.demonstration.compare

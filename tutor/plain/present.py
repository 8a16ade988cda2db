"""A question for a room, as lines of text."""

from __future__ import annotations

from contextlib import suppress

from tutor.plain.page import Closed, Page
from tutor.session.present import Present, PresentView
from tutor.words import common
from tutor.words import plain as words

BAR_WIDTH = 20


def run_present(page: Page, present: Present) -> None:
    """Lead from the question to the verdict on the votes."""
    with suppress(Closed):
        _put(page, present)


def _put(page: Page, present: Present) -> None:
    view = present.view
    page.heading(view.question_id)
    page.prose(view.stem)
    page.say()
    for option in view.options:
        page.say(f"{option.letter}) {option.text}", indent=2, hanging=3)
    page.plot(view.drawn)
    present.forward()
    while present.stage == "votes":
        try:
            present.count(page.ask(words.VOTES_KEYS.format(asks=view.asks)))
        except ValueError as error:
            page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
    page.say(present.view.set_up)
    page.plot(present.view.drawn)
    page.ask(words.RUN_KEYS)
    present.forward()
    _tell(page, present.view)


def _tell(page: Page, view: PresentView) -> None:
    for option in view.options:
        bar = "#" * round(option.share * BAR_WIDTH)
        mark = "+" if option.right else " "
        page.say(f"{mark} {option.letter} {option.votes:>4} {bar}")
        told = words.RIGHT_OPTION.format(option=option.text) if option.right else option.text
        page.say(told, indent=4)
    page.say()
    page.say(common.IT_DECIDES.format(finding=view.decides))
    if view.refuted:
        page.say(view.refuted)
    page.prose(view.explanation)

"""A question for a room, as lines of text."""

from __future__ import annotations

from contextlib import suppress

from tutor.plain.page import Closed, Page
from tutor.session.present import Present, PresentView
from tutor.session.terminal import meter
from tutor.words import common
from tutor.words import plain as words
from tutor.words import votes as vote_words

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
    page.say(view.set_up)
    page.plot(view.drawn)
    page.say(f"{view.takes}:")
    for offered in view.offered:
        page.say(f"{offered.sign}) {offered.text}", indent=2, hanging=3)
    present.forward()
    while present.stage == "votes":
        _count(page, present)
    page.say(present.view.set_up)
    page.plot(present.view.drawn)
    page.ask(words.RUN_KEYS)
    present.forward()
    _tell(page, present.view)


def _count(page: Page, present: Present) -> None:
    """Take a line of the votes, and go on to the run where that is all of them."""
    view = present.view
    keys = words.ANSWERS_KEYS if view.so_far else words.VOTES_KEYS
    line = page.ask(keys.format(asks=view.asks))
    if view.so_far and line == "b":
        present.take_back()
    else:
        try:
            if present.count(line):
                present.forward()
                return
        except ValueError as error:
            page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return
    for given in present.view.so_far:
        page.say(given, indent=2, hanging=2)


_SIGNS = {"right": "+", "partly": "o", "wrong": "x"}


def _tell(page: Page, view: PresentView) -> None:
    for tally in view.tallies:
        bar = meter(tally.share, BAR_WIDTH, plain=True)
        page.say(f"{_SIGNS[tally.state]} {tally.letter:1} {tally.votes:>4} {bar}")
        page.say(words.TALLIES[tally.state].format(text=tally.text), indent=4)
    for title, lines in ((view.key_title, view.key), (vote_words.PARTS, view.parts)):
        if lines:
            page.say(f"{title}:")
        for line in lines:
            page.say(line, indent=2, hanging=2)
    page.say()
    page.say(common.IT_DECIDES.format(finding=view.decides))
    if view.refuted:
        page.say(view.refuted)
    page.prose(view.explanation)

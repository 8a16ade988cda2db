"""What is asked, as lines of text: what a typed line does."""

from __future__ import annotations

from tutor.grading.confidence import kept_certainty
from tutor.plain.page import Page
from tutor.session.asking import Asking
from tutor.session.knobs import knob_set, told_unit
from tutor.session.ready import refuse_unready
from tutor.session.unit_help import unit_help
from tutor.session.views import Knob, QuestionView, StepView, VerdictView, View
from tutor.words import common, forms
from tutor.words import plain as words


def keys_of(view: View) -> str:
    """The prompt: what may be typed now."""
    match view:
        case QuestionView() if view.committed is not None:
            return words.SURE_KEYS.format(how_sure=forms.HOW_SURE)
        case QuestionView():
            return words.QUESTION_KEYS.format(
                part=part_asked(view),
                example=example_of(view),
                knobs=_knob_help(view.knobs),
                units=words.UNITS_KEY if view.form.asks_numbers else "",
                begun=words.BEGUN_KEY if view.draft and view.form.choices else "",
            )
        case VerdictView():
            more = words.REFUTATION_KEY if view.refutations else ""
            if view.claimable:
                more += words.CLAIM_KEY
            more += words.LOOK_UP_KEY if view.taught_in else ""
            return words.VERDICT_KEYS.format(
                moves=words.MOVES, more=more, knobs=_knob_help(view.knobs)
            )
        case StepView(looked_up=True):
            return words.LOOKED_UP_KEYS.format(knobs=_knob_help(view.knobs))
        case StepView():
            return words.STEP_KEYS.format(moves=words.MOVES, knobs=_knob_help(view.knobs))
    raise AssertionError("the end of a phase has its own keys")


def example_of(view: QuestionView) -> str:
    """How the answer is typed; of a calculation, how the part is that comes next."""
    return (
        view.form.example.split("; ")[_next_part(view)] if view.form.parts else view.form.example
    )


def part_asked(view: QuestionView) -> str:
    """Which part of a calculation that has been begun comes next; empty elsewhere."""
    place = _next_part(view)
    if not place:
        return ""
    return words.PART.format(number=place + 1, asks=view.form.parts[place])


def _parts(view: QuestionView) -> list[str]:
    """What has been answered of a calculation, part by part; all empty where that is all of it."""
    given = [str(part) for part in view.draft] if isinstance(view.draft, list) else []
    given = (given + [""] * len(view.form.parts))[: len(view.form.parts)]
    return [""] * len(given) if all(given) else given


def _next_part(view: QuestionView) -> int:
    """Which part of a calculation comes next, from 0."""
    return _parts(view).index("") if view.form.parts else 0


def _knob_help(knobs: tuple[Knob, ...]) -> str:
    return words.KNOB_KEY.format(knob=knobs[0].title) if knobs else ""


_HELP = {
    QuestionView: words.QUESTION_HELP,
    VerdictView: words.VERDICT_HELP,
    StepView: words.STEP_HELP,
}


def obey(page: Page, asking: Asking, command: str) -> bool:
    """Do what the learner typed; False where there is nothing new to show.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be written.
    """
    view = asking.view
    if asking.is_committed:
        return _say_sure(page, asking, command)
    match command.lower().split():
        case ["b"]:
            asking.back()
        case ["n"] | ["s"]:
            asking.forward()
        case [] if not isinstance(view, QuestionView):
            asking.forward()
        case ["h"] if isinstance(view, QuestionView):
            asking.hint()
            page.say(common.HINT.format(hint=view.question.hint))
            return False
        case ["a"] if isinstance(view, QuestionView):
            asking.show_answer()
        case ["g"]:
            for term in asking.phase.glossary:
                page.say(f"{term.term}: {term.meaning}", hanging=2)
            return False
        case ["v"]:
            page.next_pane()
            return False
        case ["c"] | ["copy"]:
            from tutor.session.written.copying import copy_asked

            page.say(copy_asked(asking, page.letters, page.pane).kept)
            return False
        case ["?"] | ["help"]:
            page.say(_HELP.get(type(view), ""))
            say_more_help(page, view)
            return False
        case ["u"] if isinstance(view, QuestionView) and view.form.asks_numbers:
            for line in unit_help(view.question).splitlines():
                page.say(line)
            return False
        case ["f"] if isinstance(view, QuestionView | VerdictView):
            asking.flag()
            said = words.FLAGGED_NO_MORE if view.flagged else words.FLAGGED
            page.say(said.format(question=view.question.id))
            return False
        case ["!"] | ["report"] if isinstance(view, QuestionView | VerdictView):
            page.say(asking.report())
            return False
        case ["t"] if isinstance(view, VerdictView):
            asking.try_again()
        case ["l"] if isinstance(view, VerdictView) and view.taught_in:
            asking.look_up()
        case ["r"] if isinstance(view, VerdictView) and view.refutations:
            asking.replay()
        case ["set", *typed] if typed:
            _turn(page, asking, typed)
            return False
        case [typed] if len(asking.knobs) == 1 and typed[-1:].isdigit():
            _turn(page, asking, [typed])
            return False
        case ["claim", *named] if isinstance(view, VerdictView):
            return _claim(page, asking, view, " ".join(named))
        case ["d"] if isinstance(view, QuestionView) and view.draft and not part_asked(view):
            return _answer(page, asking, view, view.form.written(view.draft))
        case _ if isinstance(view, QuestionView):
            return _answer(page, asking, view, command)
        case _:
            page.say(words.NOT_A_KEY)
            return False
    return True


def _answer(page: Page, asking: Asking, view: QuestionView, line: str) -> bool:
    if view.form.kind == "experiment" and line.lower() != "run":
        page.say(words.SET_THEN_RUN)
        return False
    try:
        if view.form.parts and line and ";" not in line:
            return _answer_part(asking, view, line)
        asking.answer_line(line)
    except ValueError as error:
        page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return False
    return not asking.is_committed


def _answer_part(asking: Asking, view: QuestionView, line: str) -> bool:
    """Take the next part of a calculation; the last one commits all of them.

    Raises:
        ValueError: the line is no number with its unit.
    """
    parts = _parts(view)
    parts[parts.index("")] = line
    refuse_unready(view.question, parts)
    if all(parts):
        asking.answer(parts)
        return not asking.is_committed
    asking.keep_draft(parts)
    return False


def _say_sure(page: Page, asking: Asking, command: str) -> bool:
    if command.lower() == "b":
        asking.take_back()
        page.say(words.OPEN_AGAIN)
        return False
    sure = kept_certainty(int(command)) if command in ("1", "2", "3") else None
    if command and sure is None:
        page.say(words.SURE_NUMBERS)
        return False
    asking.sure(sure)
    return True


def _claim(page: Page, asking: Asking, view: VerdictView, named: str) -> bool:
    """Claim a point by its number; by none, list those that may be claimed."""
    points = view.verdict.points if view.verdict else ()
    claimable = [point for point in points if point.id in view.claimable]
    if named not in map(str, range(1, len(claimable) + 1)):
        page.say(words.CLAIMABLE if claimable else words.NOTHING_TO_CLAIM)
        page.choices([point.text for point in claimable])
        return False
    asking.claim(claimable[int(named) - 1].id)
    return True


def say_more_help(page: Page, view: View) -> None:
    """Tell how an experiment or a calculation is answered, where the view is one."""
    if isinstance(view, QuestionView) and view.knobs:
        page.say(words.EXPERIMENT_HELP)
    if isinstance(view, QuestionView) and view.form.parts:
        page.say(words.CALCULATION_HELP)


def _turn(page: Page, asking: Asking, typed: list[str]) -> None:
    """Turn a knob, and say what the run then does."""
    try:
        knob, value = knob_set(asking.knobs, typed)
    except ValueError as error:
        page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return
    asking.turn(knob.name, value)
    try:
        _say_run(page, asking.view, knob.name)
    except ValueError as error:
        asking.turn(knob.name, knob.value)
        page.say(common.KNOB_PUT_BACK.format(error=error))
    else:
        asking.keep_draft(None)


def _say_run(page: Page, view: View, name: str) -> None:
    """The run as the knobs stand: where the turned one is, the plot, what it decides."""
    assert isinstance(view, StepView | QuestionView | VerdictView)
    knob = next(knob for knob in view.knobs if knob.name == name)
    page.say(f"{knob.title}: {knob.value:g}{told_unit(knob)}")
    page.say(view.set_up)
    page.plot(view.drawn, () if isinstance(view, QuestionView) else view.curves)
    if isinstance(view, StepView):
        page.say(view.caption)
    elif isinstance(view, VerdictView):
        page.say(common.IT_DECIDES.format(finding=view.decides))

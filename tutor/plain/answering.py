"""A lesson as lines of text: what a typed line does."""

from __future__ import annotations

from tutor.grading.confidence import kept_certainty
from tutor.plain.page import Page
from tutor.session.calibration import HOW_SURE
from tutor.session.lesson import Lesson
from tutor.session.unit_help import unit_help
from tutor.session.views import Knob, QuestionView, StepView, VerdictView, View

_MOVES = "Enter next · b back · m map · v panes · p plots · o lab · g words · q quit · ? keys"


def keys_of(view: View) -> str:
    """The prompt: what may be typed now."""
    match view:
        case QuestionView() if view.committed is not None:
            return f"[{HOW_SURE} · Enter leaves it out · b changes the answer]"
        case QuestionView():
            begun = " · d hand in what was begun" if view.draft and view.form.choices else ""
            units = " · u units" if view.form.asks_numbers else ""
            keys = f"h hint · a show answer · s skip · f flag{units}{begun} · b · m · q · ? keys"
            return f"[answer with {_example(view)}{_knob_help(view.knobs)} · {keys}]"
        case VerdictView():
            replay = " · r refutation" if view.refutations else ""
            replay += f" · claim {' or '.join(view.claimable)}" if view.claimable else ""
            replay += " · l look it up" if view.taught_in else ""
            return f"[{_MOVES}{replay} · t try again · f flag{_knob_help(view.knobs)}]"
        case StepView(looked_up=True):
            return f"[Enter back to the verdict · m map · q quit · ? keys{_knob_help(view.knobs)}]"
        case StepView():
            return f"[{_MOVES}{_knob_help(view.knobs)}]"
    raise AssertionError("the end of a phase has its own keys")


def _example(view: QuestionView) -> str:
    """How the answer is typed; of a calculation, how its first part is."""
    return view.form.example.split("; ")[0] if view.form.parts else view.form.example


def _knob_help(knobs: tuple[Knob, ...]) -> str:
    return f" · set {knobs[0].name} VALUE" if knobs else ""


_HELP = {
    QuestionView: (
        "Type the answer and press Enter. h shows the hint, a the answer (which is recorded, and "
        "is no attempt), s skips. f flags the question or takes the flag away, ! writes a report "
        "on it to a file. b goes back, m to the course map, q quits; everything is kept."
    ),
    VerdictView: (
        "Enter goes on. v shows more of the run, such as its currents, o opens it in the lab, r "
        "draws the next refutation, t asks again, l opens the step that taught it, claim and a "
        "point's id keeps that you wrote it. set, a knob's name and a value turns a knob, f flags "
        "the question, ! writes a report on it to a file. b goes back, m to the course map, q "
        "quits; everything is kept."
    ),
    StepView: (
        "Enter goes on, b back. v shows more of the run, such as its currents, o opens it in the "
        "lab. set, a knob's name and a value turns a knob and tells what the run then does. p "
        "leaves the plots out or draws them, g tells the words of the phase. m goes to the course "
        "map, q quits; everything is kept."
    ),
}


def obey(page: Page, lesson: Lesson, command: str) -> bool:
    """Do what the learner typed; False where there is nothing new to show.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be written.
    """
    view = lesson.view
    if lesson.is_committed:
        return _say_sure(page, lesson, command)
    match command.lower().split():
        case ["b"]:
            lesson.back()
        case ["n"] | ["s"]:
            lesson.forward()
        case [] if not isinstance(view, QuestionView):
            lesson.forward()
        case ["h"] if isinstance(view, QuestionView):
            lesson.hint()
            page.say(f"Hint: {view.question.hint}")
            return False
        case ["a"] if isinstance(view, QuestionView):
            lesson.show_answer()
        case ["g"]:
            for term in lesson.phase.glossary:
                page.say(f"{term.term}: {term.meaning}", hanging=2)
            return False
        case ["v"]:
            page.next_pane()
            return False
        case ["?"]:
            page.say(_HELP.get(type(view), ""))
            return False
        case ["u"] if isinstance(view, QuestionView) and view.form.asks_numbers:
            for line in unit_help(view.question).splitlines():
                page.say(line)
            return False
        case ["f"] if isinstance(view, QuestionView | VerdictView):
            lesson.flag()
            page.say(f"{view.question.id} is {'no longer ' if view.flagged else ''}flagged.")
            return False
        case ["!"] if isinstance(view, QuestionView | VerdictView):
            page.say(lesson.report())
            return False
        case ["t"] if isinstance(view, VerdictView):
            lesson.try_again()
        case ["l"] if isinstance(view, VerdictView) and view.taught_in:
            lesson.look_up()
        case ["r"] if isinstance(view, VerdictView) and view.refutations:
            lesson.replay()
        case ["set", name, value]:
            _turn(page, lesson, name, value)
            return False
        case ["claim", point] if isinstance(view, VerdictView):
            return _claim(page, lesson, view, point)
        case ["d"] if isinstance(view, QuestionView) and view.draft:
            return _answer(page, lesson, view, view.form.written(view.draft))
        case _ if isinstance(view, QuestionView):
            return _answer(page, lesson, view, command)
        case _:
            page.say("That is none of the keys here.")
            return False
    return True


def _answer(page: Page, lesson: Lesson, view: QuestionView, line: str) -> bool:
    if view.form.kind == "experiment" and line.lower() != "run":
        page.say("Set the knobs, then type run.")
        return False
    try:
        if view.form.parts and line and ";" not in line:
            lesson.answer(_parts(page, lesson, view, line))
        else:
            lesson.answer_line(line)
    except ValueError as error:
        page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return False
    return not lesson.is_committed


def _parts(page: Page, lesson: Lesson, view: QuestionView, first: str) -> list[str]:
    """The answers to the parts of a calculation, each on a line of its own."""
    parts = [first]
    for number, asks in enumerate(view.form.parts[1:], 2):
        lesson.keep_draft(parts)
        parts.append(page.ask(f"[{number}) {asks}]"))
    return parts


def _say_sure(page: Page, lesson: Lesson, command: str) -> bool:
    if command.lower() == "b":
        lesson.take_back()
        page.say("The answer is open again.")
        return False
    sure = kept_certainty(int(command)) if command in ("1", "2", "3") else None
    if command and sure is None:
        page.say("Type 1, 2 or 3, or Enter to leave it out.")
        return False
    lesson.sure(sure)
    return True


def _claim(page: Page, lesson: Lesson, view: VerdictView, point: str) -> bool:
    if point not in view.claimable:
        page.say(f"You may claim: {', '.join(view.claimable) or 'nothing here'}.")
        return False
    lesson.claim(point)
    return True


def _turn(page: Page, lesson: Lesson, name: str, text: str) -> None:
    """Turn a knob, and say what the run then does."""
    knobs = {knob.name: knob for knob in lesson.knobs}
    try:
        value = float(text.replace(",", "."))
        knob = knobs[name]
    except (ValueError, KeyError):
        known = ", ".join(f"{k.name} from {k.low:g} to {k.high:g}" for k in knobs.values())
        page.say(f"Knobs here: {known or 'none'}.")
        return
    if not knob.low <= value <= knob.high:
        page.say(f"{name} goes from {knob.low:g} to {knob.high:g} {knob.unit}.")
        return
    lesson.turn(name, value)
    try:
        _say_run(page, lesson.view, name)
    except ValueError as error:
        lesson.turn(name, knob.value)
        page.say(f"This cannot be run: {error}. The knob is back where it was.")
    else:
        lesson.keep_draft(None)


def _say_run(page: Page, view: View, name: str) -> None:
    """The run as the knobs stand: where the turned one is, the plot, what it decides."""
    assert isinstance(view, StepView | QuestionView | VerdictView)
    knob = next(knob for knob in view.knobs if knob.name == name)
    page.say(f"{name} = {knob.value:g} {knob.unit}".rstrip())
    page.say(view.set_up)
    page.plot(view.drawn, () if isinstance(view, QuestionView) else view.curves)
    if isinstance(view, StepView):
        page.say(view.caption)
    elif isinstance(view, VerdictView):
        page.say(f"It decides: {view.decides}")

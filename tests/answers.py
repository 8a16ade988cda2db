"""How an answer to a question of any kind is given: as keys in the app, and as typed lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.grading.marking import model_answer
from tutor.session.form import form_of
from tutor.session.views import Knob, QuestionView

#: Keys of the app as bytes of a terminal; all others are the characters they are.
BYTES = {"enter": b"\r", "ctrl+j": b"\n", "left": b"\x1b[D", "right": b"\x1b[C", "down": b"\x1b[B"}
#: What means harm: markup that acts, escape sequences, a direction of writing, and a lot of it.
HOSTILE = "[@click=app.quit]x[/b]\x1b]52;c;aGFja2Vk\x07\u202e [[ ]] \x00" + "9 [red]x" * 1250


def keys_for(view: QuestionView, answer: object) -> list[str]:
    """The keys that give `answer` in the app, from the open question to the verdict."""
    form = view.form
    match form.kind:
        case "single" | "multi" | "ordering":
            assert isinstance(answer, list)
            numbers = {choice.id: str(number) for number, choice in enumerate(form.choices, 1)}
            return [*(numbers[one] for one in answer), "enter"]
        case "matching":
            assert isinstance(answer, Mapping)
            letters = {p.id: x for p, x in zip(form.partners, ascii_lowercase, strict=False)}
            return [*(letters[answer[item.id]] for item in form.choices), "enter"]
        case "calculation":
            assert isinstance(answer, list)
            return [key for part in answer for key in [*typed(part), "enter"]]
        case "experiment":
            assert isinstance(answer, Mapping)
            return [*(key for knob in view.knobs for key in _set(knob, answer)), "enter"]
    return [*typed(form.written(answer)), "enter"]


def typed(text: str) -> list[str]:
    """The keys of `text`."""
    return ["ctrl+j" if character == "\n" else character for character in text]


def bursts(keys: Sequence[str]) -> Iterator[list[str]]:
    """`keys` as they may be sent at once: the first and any Enter may lead to another field."""
    burst: list[str] = []
    for number, key in enumerate(keys):
        burst.append(key)
        if number == 0 or key == "enter":
            yield burst
            burst = []
    if burst:
        yield burst


def lines_for(view: QuestionView, answer: object) -> list[str]:
    """The lines that give `answer` in the plain front end."""
    if view.form.kind == "experiment":
        assert isinstance(answer, Mapping)
        return [*(f"set {name} {value!r}" for name, value in answer.items()), "run"]
    if view.form.kind == "calculation":
        assert isinstance(answer, list)
        return [str(part) for part in answer]
    return [view.form.written(answer).replace("\n", " ")]


def typed_votes(posed: Posed[q.Question], answer: object, votes: int) -> str:
    """The line that gives an answer of a room and how many gave it."""
    if isinstance(posed.question, q.ExperimentQuestion):
        assert isinstance(answer, Mapping)
        line = "; ".join(f"{name} {value!r}" for name, value in answer.items())
    else:
        line = form_of(posed).written(answer).replace("\n", " ")
    return f"{line}: {votes}"


def votes_for(posed: Posed[q.Question], right: int, wrong: int) -> list[str]:
    """The lines of a room in which so many are right, and so many wrong."""
    if isinstance(posed.question, q.ChoiceQuestion):
        right_ids, wrong_ids = model_answer(posed), wrong_answer(posed)
        assert isinstance(right_ids, list)
        assert isinstance(wrong_ids, list)
        given = {**dict.fromkeys(right_ids, right), **dict.fromkeys(wrong_ids, wrong)}
        return [" ".join(str(given.get(one.id, 0)) for one in form_of(posed).choices)]
    return [
        typed_votes(posed, model_answer(posed), right),
        typed_votes(posed, wrong_answer(posed), wrong),
        "",
    ]


def _set(knob: Knob, answer: Mapping[str, float]) -> list[str]:
    """The value of a knob is typed: in steps it need not come as far as it takes."""
    return [*(["=", *repr(answer[knob.name]), "enter"] if knob.name in answer else []), "down"]


def wrong_answer(posed: Posed[q.Question]) -> object:
    """An answer that has not full marks: a listed one, or the first that comes to mind."""
    match posed.question:
        case q.ChoiceQuestion(options=options):
            wrong = (one for one in options if not one.correct and not one.credited_by)
            return [next(wrong).id]
        case q.OrderingQuestion(items=items):
            return [item.id for item in reversed(items)]
        case q.MatchingQuestion(key=key, partners=partners):
            ids = [partner.id for partner in partners]
            return {item: ids[ids.index(partner) - 1] for item, partner in key.items()}
        case q.NumericQuestion(wrong_values=[first, *_], unit=unit):
            return f"{posed.number(first.value):.6g} {unit}".strip()
        case q.NumericQuestion(unit=unit):
            return f"-987 {unit}".strip()
        case q.CalculationQuestion(parts=parts):
            return [f"-987 {part.unit}".strip() for part in parts]
        case q.TextQuestion(wrong_answers=answers):
            return answers[0] if answers else "Nobody knows."
        case q.PointQuestion():
            return {"time_ms": 0.01}
        case q.IntervalQuestion():
            return [0.01, 0.02]
        case q.ExperimentQuestion(wrong_settings=settings):
            return dict(settings[0]) if settings else {}
    raise AssertionError(f"no wrong answer for {posed.question.kind}")

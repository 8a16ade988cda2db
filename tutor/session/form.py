"""What an answer to a question is made of: what to choose from, and how it is typed."""

from __future__ import annotations

import string
from collections.abc import Mapping

import msgspec

from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.course.scenario import settings_of
from tutor.course.scenario_fields import Scenario
from tutor.course.text import pretty_unit
from tutor.grading.verdict import place_figure
from tutor.words import common, plural
from tutor.words import forms as words

Choice = q.Option | q.Item


class Form(msgspec.Struct, frozen=True):
    """The form of an answer.

    Attributes:
        kind: The question's kind.
        takes: What is asked of the learner, in a few words.
        example: How an answer is typed.
        choices: Options or items, in the order of this attempt; numbered from 1.
        partners: What the items of a matching go with; lettered from a.
        parts: What each number of a calculation is.
        unit: The unit that stands beside a number; empty where it is typed with it.
        has_place: A point needs a place along the axon too.
    """

    kind: str
    takes: str
    example: str
    choices: tuple[Choice, ...] = ()
    partners: tuple[q.Item, ...] = ()
    parts: tuple[str, ...] = ()
    unit: str = ""
    has_place: bool = False

    @property
    def asks_numbers(self) -> bool:
        """Whether units matter to the answer."""
        return self.kind in ("numeric", "calculation")

    def read(self, line: str) -> object:
        """The answer that a typed line gives.

        Raises:
            ValueError: it is none of this form; one clear sentence.
        """
        if not line.strip():
            lacks = words.NO_SENTENCE_YET if self.kind == "text" else words.NO_ANSWER_YET
            raise ValueError(lacks.format(example=self.example))
        match self.kind:
            case "single" | "multi":
                ids = [self.choices[place].id for place in self._places(line)]
                if self.kind == "single" and len(set(ids)) != 1:
                    raise ValueError(words.ONE_ANSWER)
                return list(dict.fromkeys(ids))
            case "ordering":
                places = self._places(line)
                if sorted(places) != list(range(len(self.choices))):
                    raise ValueError(self._wrong(words.EACH_ONCE))
                return [self.choices[place].id for place in places]
            case "matching":
                return self._matched(line)
            case "numeric" if self.unit:
                return f"{line.strip().removesuffix(self.unit).rstrip()} {self.unit}"
            case "calculation":
                answers = [part.strip() for part in line.split(";")]
                if len(answers) != len(self.parts):
                    raise ValueError(
                        words.ALL_PARTS.format(count=len(self.parts), example=self.example)
                    )
                return answers
            case "point":
                numbers = self._numbers(line, 1 + self.has_place)
                return dict(zip(("time_ms", "place_mm"), numbers, strict=False))
            case "interval":
                return self._numbers(line, 2)
        return line

    def written(self, answer: object) -> str:
        """The line that gives `answer`, or as much of it as there is."""
        numbers = {choice.id: str(n) for n, choice in enumerate(self.choices, 1)}
        letters = {p.id: x for x, p in zip(string.ascii_lowercase, self.partners, strict=False)}
        match answer:
            case dict() if self.kind == "matching":
                known = [(i, p) for i, p in answer.items() if i in numbers and p in letters]
                return " ".join(numbers[item] + letters[partner] for item, partner in known)
            case dict() if self.kind == "point":
                return " ".join(map(str, answer.values()))
            case dict():
                return self.example
            case list() if self.parts:
                return "; ".join(map(str, answer))
            case list() if self.choices:
                return " ".join(numbers[one] for one in answer if one in numbers)
            case list():
                return " ".join(map(str, answer))
        return str(answer)

    def _places(self, line: str) -> list[int]:
        typed = line.replace(",", " ").split()
        numbers = [int(w) for w in typed if w.isascii() and w.isdigit() and len(w) < 3]
        if len(numbers) != len(typed) or not all(1 <= n <= len(self.choices) for n in numbers):
            raise ValueError(self._wrong(words.NUMBERS_TO))
        return [number - 1 for number in numbers]

    def _matched(self, line: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for word in line.replace(",", " ").split():
            number, letter = word[:-1], word[-1:].lower()
            place = int(number) - 1 if number.isascii() and number.isdigit() else -1
            partner = string.ascii_lowercase.find(letter) if letter else -1
            if not (0 <= place < len(self.choices) and 0 <= partner < len(self.partners)):
                raise ValueError(self._wrong(words.PAIRS))
            found[self.choices[place].id] = self.partners[partner].id
        if len(found) < len(self.choices):
            raise ValueError(self._wrong(words.ALL_PAIRED))
        return found

    def _numbers(self, line: str, count: int) -> list[float]:
        typed = line.replace(",", ".").removesuffix("ms").split()
        try:
            numbers = [float(word) for word in typed]
        except ValueError:
            numbers = []
        if len(numbers) != count:
            wanted = plural(count, words.WRITE_NUMBER, words.WRITE_TWO_NUMBERS)
            raise ValueError(self._wrong(wanted))
        return numbers

    def _wrong(self, sentence: str) -> str:
        return sentence.format(count=len(self.choices), example=self.example)


def form_of(posed: Posed[q.Question]) -> Form:
    """The form of the answer to a posed question."""
    kind = posed.question.kind
    match posed.question:
        case q.ChoiceQuestion() as question:
            options = (
                question.options if question.fixed_order else posed.shuffled(question.options)
            )
            if not isinstance(question, q.MultiQuestion):
                return Form(kind, words.CHOOSE_ONE, "1", options)
            return Form(kind, words.CHOOSE_SEVERAL[question.partial_credit], "1 3", options)
        case q.OrderingQuestion(items=items):
            order = " ".join(str(n) for n in (2, 1, *range(3, len(items) + 1)))
            return Form(kind, words.PUT_IN_ORDER, order, posed.shuffled(items))
        case q.MatchingQuestion(items=items, partners=partners):
            return Form(kind, words.FIND_PARTNERS, "1b 2a", items, posed.shuffled(partners))
        case q.NumericQuestion(unit=unit, unit_shown=unit_shown, unit_marks=unit_marks):
            if unit_shown and unit:
                takes = words.NUMBER_IN_UNIT.format(unit=pretty_unit(unit))
                return Form(kind, takes, "12.5", unit=unit)
            takes = words.NUMBER_WITH_UNIT if unit or unit_marks else words.A_NUMBER
            return Form(kind, takes, _number_typed(unit, unit_marks))
        case q.CalculationQuestion(parts=parts):
            example = "; ".join(_number_typed(part.unit, part.unit_marks) for part in parts)
            asks = tuple(posed.says(part.asks) for part in parts)
            return Form(kind, words.NUMBERS_OF_PARTS, example, parts=asks)
        case q.TextQuestion(max_marks=marks):
            takes = plural(marks, *words.OWN_WORDS).format(marks=marks)
            return Form(kind, takes, words.EXAMPLE_OF_TEXT)
        case q.PointQuestion(place=None):
            return Form(kind, words.MARK_TIME, "2.35")
        case q.PointQuestion():
            return Form(kind, words.MARK_TIME_AND_PLACE, "2.35 10", has_place=True)
        case q.IntervalQuestion():
            return Form(kind, words.MARK_STRETCH, "2.1 3.4")
    return Form(kind, words.TURN_KNOBS, "run")


def _number_typed(unit: str, unit_marks: int) -> str:
    """A number as it is typed; its unit is not told where it is to be found."""
    return words.AND_ITS_UNIT if unit_marks else f"12.5 {pretty_unit(unit)}".rstrip()


def key_lines(posed: Posed[q.Question]) -> tuple[str, ...]:
    """The right answer, a line each part."""
    from tutor.grading.marking import model_answer

    match posed.question:
        case q.ChoiceQuestion(options=options):
            return tuple(option.text for option in options if option.correct)
        case q.OrderingQuestion(items=items):
            return tuple(f"{n}. {item.text}" for n, item in enumerate(items, 1))
        case q.MatchingQuestion(items=items, partners=partners, key=key):
            texts = {partner.id: partner.text for partner in partners}
            return tuple(f"{item.text}: {texts[key[item.id]]}" for item in items)
        case q.CalculationQuestion():
            found = model_answer(posed)
            assert isinstance(found, list)
            asked = zip(form_of(posed).parts, found, strict=True)
            return tuple(f"{n}) {asks} {number}" for n, (asks, number) in enumerate(asked, 1))
        case q.PointQuestion(target=target) | q.IntervalQuestion(target=target):
            return (f"{target.name}: {shown_answer(posed, model_answer(posed))}",)
        case q.TextQuestion(model_answer=answer):
            # How the lines of the file end says nothing.
            return tuple(" ".join(part.split()) for part in answer.split("\n\n"))
        case q.ExperimentQuestion(solution=solution, goals=goals):
            turned = _told_settings(posed.scenario, solution)
            return (*(goal.says for goal in goals), words.FOR_INSTANCE.format(knobs=turned))
    return (str(model_answer(posed)),)


def shown_answer(posed: Posed[q.Question], answer: object) -> str:
    """An answer as its learner knows it, in a line."""
    question = posed.question
    match answer:
        case {"time_ms": float() | int() as time_ms, "place_mm": float() | int() as place_mm}:
            return f"{place_figure(time_ms)} ms, {place_figure(place_mm)} mm"
        case {"time_ms": float() | int() as time_ms}:
            return f"{place_figure(time_ms)} ms"
        case [float() | int() as start_ms, float() | int() as end_ms]:
            start, end = place_figure(start_ms), place_figure(end_ms)
            return common.FROM_TO_MS.format(start=start, end=end)
        case dict() if isinstance(question, q.MatchingQuestion):
            texts = {item.id: item.text for item in (*question.items, *question.partners)}
            named = {item: texts.get(str(partner), partner) for item, partner in answer.items()}
            return "; ".join(f"{texts.get(i, i)}: {partner}" for i, partner in named.items())
        case dict():
            return _told_settings(posed.scenario, answer)
        case list():
            parts = getattr(question, "options", ()) or getattr(question, "items", ())
            texts = {part.id: part.text for part in parts}
            return "; ".join(texts.get(str(one), str(one)) for one in answer)
    return str(answer)


def marked_times_ms(answer: object) -> tuple[float, ...]:
    """Where on the trace an answer is: a time, the two ends of a stretch, or nowhere."""
    match answer:
        case {"time_ms": float() | int() as time_ms}:
            return (time_ms,)
        case [float() | int() as start_ms, float() | int() as end_ms]:
            return (start_ms, end_ms)
    return ()


def _told_settings(scenario: Scenario, values: Mapping[str, object]) -> str:
    """Knobs and where they stand, in a line."""
    known = settings_of(scenario)
    told = []
    # What stands here was accepted once, perhaps by laxer rules.
    for name, value in values.items():
        shown = f"{value:g}" if isinstance(value, float | int) else value
        quantity = known.get(name)
        title, unit = (quantity.title, quantity.unit) if quantity else ("", "")
        told.append(f"{title or name} {shown} {pretty_unit(unit)}".rstrip())
    return ", ".join(told)

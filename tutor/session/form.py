"""What an answer to a question is made of: what to choose from, and how it is typed."""

from __future__ import annotations

import string

import msgspec

from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.course.text import pretty_unit
from tutor.grading.verdict import place_figure

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
            raise ValueError(f"there is no answer yet; give one such as {self.example}")
        match self.kind:
            case "single" | "multi":
                ids = [self.choices[place].id for place in self._places(line)]
                if self.kind == "single" and len(set(ids)) != 1:
                    raise ValueError("this question takes one answer")
                return list(dict.fromkeys(ids))
            case "ordering":
                places = self._places(line)
                if sorted(places) != list(range(len(self.choices))):
                    raise ValueError(
                        f"give each number from 1 to {len(self.choices)} once, "
                        f"the first step first, such as {self.example}"
                    )
                return [self.choices[place].id for place in places]
            case "matching":
                return self._matched(line)
            case "numeric" if self.unit:
                return f"{line.strip().removesuffix(self.unit).rstrip()} {self.unit}"
            case "calculation":
                answers = [part.strip() for part in line.split(";")]
                if len(answers) != len(self.parts):
                    raise ValueError(
                        f"write the {len(self.parts)} answers in a line, parted by ;"
                        f" such as {self.example}"
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
        words = line.replace(",", " ").split()
        numbers = [int(w) for w in words if w.isascii() and w.isdigit() and len(w) < 3]
        if len(numbers) != len(words) or not all(1 <= n <= len(self.choices) for n in numbers):
            raise ValueError(
                f"answer with numbers from 1 to {len(self.choices)}, such as {self.example}"
            )
        return [number - 1 for number in numbers]

    def _matched(self, line: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for word in line.replace(",", " ").split():
            number, letter = word[:-1], word[-1:].lower()
            place = int(number) - 1 if number.isascii() and number.isdigit() else -1
            partner = string.ascii_lowercase.find(letter) if letter else -1
            if not (0 <= place < len(self.choices) and 0 <= partner < len(self.partners)):
                raise ValueError(f"write a number and a letter for each pair, as {self.example}")
            found[self.choices[place].id] = self.partners[partner].id
        if len(found) < len(self.choices):
            raise ValueError(f"give each of the {len(self.choices)} a letter, as {self.example}")
        return found

    def _numbers(self, line: str, count: int) -> list[float]:
        words = line.replace(",", ".").removesuffix("ms").split()
        try:
            numbers = [float(word) for word in words]
        except ValueError:
            numbers = []
        if len(numbers) != count:
            what = "a number" if count == 1 else "two numbers"
            raise ValueError(f"write {what}, such as {self.example}")
        return numbers


def form_of(posed: Posed[q.Question]) -> Form:
    """The form of the answer to a posed question."""
    kind = posed.question.kind
    match posed.question:
        case q.ChoiceQuestion() as question:
            options = (
                question.options if question.fixed_order else posed.shuffled(question.options)
            )
            if not isinstance(question, q.MultiQuestion):
                return Form(kind, "choose one", "1", options)
            return Form(kind, _MULTI[question.partial_credit], "1 3", options)
        case q.OrderingQuestion(items=items):
            order = " ".join(str(n) for n in (2, 1, *range(3, len(items) + 1)))
            return Form(kind, "put them in order", order, posed.shuffled(items))
        case q.MatchingQuestion(items=items, partners=partners):
            return Form(kind, "find each one's partner", "1b 2a", items, posed.shuffled(partners))
        case q.NumericQuestion(unit=unit, unit_shown=unit_shown):
            if unit_shown and unit:
                return Form(kind, f"a number in {pretty_unit(unit)}", "12.5", unit=unit)
            example = f"12.5 {unit}".rstrip()
            return Form(kind, "a number with its unit" if unit else "a number", example)
        case q.CalculationQuestion(parts=parts):
            example = "; ".join(f"12.5 {part.unit}".rstrip() for part in parts)
            asks = tuple(posed.says(part.asks) for part in parts)
            return Form(kind, "a number with its unit for each part", example, parts=asks)
        case q.TextQuestion(max_marks=marks):
            return Form(
                kind, f"in your own words, {_counted(marks, 'mark')}", "a sentence or more"
            )
        case q.PointQuestion(place=None):
            return Form(kind, "mark a time on the trace, in ms", "2.35")
        case q.PointQuestion():
            takes = "mark a time in ms and a place in mm"
            return Form(kind, takes, "2.35 10", has_place=True)
        case q.IntervalQuestion():
            return Form(kind, "mark a stretch on the trace, from and to in ms", "2.1 3.4")
    return Form(kind, "turn the knobs, then run", "run")


_MULTI = {
    "none": "choose all that are right; a mark for exactly these",
    "right_minus_wrong": "a mark for each right choice, one off for each wrong one",
    "all_or_nothing": "choose all that are right; marks for exactly these",
}


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
        case q.CalculationQuestion(parts=parts):
            found = model_answer(posed)
            assert isinstance(found, list)
            return tuple(f"{p.id}: {number}" for p, number in zip(parts, found, strict=True))
        case q.PointQuestion(target=target) | q.IntervalQuestion(target=target):
            return (f"{target.name}: {shown_answer(posed, model_answer(posed))}",)
        case q.TextQuestion(model_answer=answer):
            # How the lines of the file end says nothing.
            return tuple(" ".join(part.split()) for part in answer.split("\n\n"))
        case q.ExperimentQuestion(solution=solution, goals=goals):
            turned = ", ".join(f"{name} {value:g}" for name, value in solution.items())
            return (*(goal.says for goal in goals), f"For instance: {turned}")
    return (str(model_answer(posed)),)


def shown_answer(posed: Posed[q.Question], answer: object) -> str:
    """An answer as its learner knows it, in a line."""
    question = posed.question
    match answer:
        case {"time_ms": float(time_ms), "place_mm": float(place_mm)}:
            return f"{place_figure(time_ms)} ms, {place_figure(place_mm)} mm"
        case {"time_ms": float(time_ms)}:
            return f"{place_figure(time_ms)} ms"
        case [float(start_ms), float(end_ms)]:
            return f"{place_figure(start_ms)} to {place_figure(end_ms)} ms"
        case dict() if isinstance(question, q.MatchingQuestion):
            texts = {item.id: item.text for item in (*question.items, *question.partners)}
            return "; ".join(f"{texts.get(i, i)}: {texts.get(p, p)}" for i, p in answer.items())
        case dict():
            return ", ".join(f"{name} {value:g}" for name, value in answer.items())
        case list():
            parts = getattr(question, "options", ()) or getattr(question, "items", ())
            texts = {part.id: part.text for part in parts}
            return "; ".join(str(texts.get(one, one)) for one in answer)
    return str(answer)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

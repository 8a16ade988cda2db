"""What to be asked in a quiz: what may be picked, and how many questions fit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import msgspec
from msgspec.structs import replace

from tutor.course.errors import meant
from tutor.course.loader import CourseFolder
from tutor.course.text import one_line
from tutor.journal.derived import derive
from tutor.journal.store import Journal
from tutor.session.bank import Bank, Selection, chosen
from tutor.session.profile import load_profile
from tutor.session.quiz import Quiz, begin_quiz, open_quiz
from tutor.words import quiz as words

#: How many questions may be chosen, and how many it is unless one chooses.
COUNTS = (5, 10, 20, 40)
USUAL_COUNT = 10
#: The longest title of a quiz.
_TITLE = 60
#: So much is said of what was named and gives nothing.
_LONGEST_PICK = 200


class Offer(msgspec.Struct, frozen=True):
    """Something that can be picked."""

    name: str
    selection: Selection
    count: int
    """How many questions fit."""

    @property
    def line(self) -> str:
        """What it is, and how many questions fit."""
        name = f"{self.name[:1].upper()}{self.name[1:]}"
        return words.OFFER.format(offered=name, count=self.count)


class Picking:
    """Offers what a quiz can be of, and begins it.

    Attributes:
        begun: The quiz that was left, to go on with; None where none was.
        kinds: The kinds of question that there are; "" is any.
        kind: The kind that is asked for.
        count: How many questions are asked.
        wanted: What was named beforehand, which is then all that is offered.
    """

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        *,
        phase_id: str | None = None,
        count: int | None = None,
        seed: int | None = None,
    ) -> None:
        """Read the course and what is known of the learner.

        Args:
            files: The course.
            journal: The learner's journal.
            phase_id: A phase to offer besides the modules.
            count: How many questions to begin with.
            seed: What the questions are drawn by; left out, something new.

        Raises:
            ContentErrors: a file of the course is wrong.
            JournalError: the journal cannot be read.
        """
        self._files = files
        self._journal = journal
        self._phase_id = phase_id
        self._seed = seed
        self._bank = Bank(files, load_profile(journal))
        self._known = derive(journal, cards=False).questions
        here = {banked.question.kind for banked in self._bank}
        self.kinds = ("", *(kind for kind in words.KINDS if kind in here))
        self.kind = ""
        self.count = USUAL_COUNT if count is None else count
        self.wanted: Selection | None = None
        left = open_quiz(files, journal, self._bank)
        self.begun = None if left is None or left.has_ended or left.is_answered else left

    # What is asked for.

    def want(self, selection: Selection, names: Iterable[str] = ()) -> None:
        """Offer only `selection`, of the places, objectives and misconceptions that are named.

        Raises:
            ValueError: there is nothing of a name, or no question that fits.
        """
        for name in names:
            selection = self._narrowed(selection, name)
        self.wanted = selection
        if not chosen(self._bank, selection, self._known):
            raise ValueError(self._nothing(selection))

    def _nothing(self, selection: Selection) -> str:
        """That nothing fits, with what was asked for."""
        states = [said for field, said in words.STATES.items() if getattr(selection, field)]
        stateless = replace(selection, mistakes=False, never_seen=False, flagged=False)
        picked = one_line(self._name(stateless), _LONGEST_PICK)
        if not states:
            return words.NOTHING_OF.format(picked=picked)
        said = words.NOTHING_IS if stateless == Selection() else words.NOTHING_OF_IT_IS
        return said.format(picked=picked, states=words.AND.join(states))

    def _narrowed(self, selection: Selection, name: str) -> Selection:
        places = [*(module.id for module in self._files.course.modules), *self._files.phase_ids]
        known = {
            "places": places,
            "objectives": [*self._bank.objectives],
            "misconceptions": [*self._files.misconceptions],
        }
        wanted = " ".join(name.casefold().split())
        titles = {**self._module_titles, **self._phase_titles}
        for field, ids in known.items():
            for one in ids:
                if wanted in (one.casefold(), titles.get(one, one).casefold()):
                    return replace(selection, **{field: getattr(selection, field) | {one}})
        near = meant(name, chain(*known.values()))
        raise ValueError(words.UNKNOWN.format(name=one_line(name, 60), meant=near))

    def change_count(self, by: int) -> None:
        """Ask for more questions, or for fewer."""
        larger = [count for count in COUNTS if count > self.count]
        smaller = [count for count in COUNTS if count < self.count]
        if by > 0 and larger:
            self.count = larger[0]
        elif by < 0 and smaller:
            self.count = smaller[-1]

    def change_kind(self) -> None:
        """Ask for the next kind of question; after the last, for any."""
        place = self.kinds.index(self.kind) + 1
        self.kind = self.kinds[place % len(self.kinds)]

    # What is offered.

    @property
    def usual(self) -> int:
        """Which line is meant unless another one is chosen: what was named, or else the first."""
        return int(self.begun is not None and self.wanted is not None)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What can be picked, as the kind and the learner's answers are now."""
        if self.wanted is not None:
            return (self._offer(self._name(self.wanted), self.wanted),)
        offered = {
            words.EVERYTHING: Selection(),
            words.MISTAKES: Selection(mistakes=True),
            words.NEVER_SEEN: Selection(never_seen=True),
            words.FLAGGED: Selection(flagged=True),
        }
        places = [*([self._phase_id] if self._phase_id else []), *self._module_titles]
        for place in places:
            selection = Selection(places=frozenset({place}))
            offered.setdefault(self._name(selection), selection)
        return tuple(self._offer(name, selection) for name, selection in offered.items())

    @property
    def _module_titles(self) -> dict[str, str]:
        return {module.id: module.title for module in self._files.course.modules}

    @property
    def _phase_titles(self) -> dict[str, str]:
        return {entry.id: entry.title for entry in self._files.entries.values()}

    def _offer(self, name: str, selection: Selection) -> Offer:
        if self.kind:
            selection = replace(selection, kinds=frozenset({self.kind}))
        return Offer(name, selection, len(chosen(self._bank, selection, self._known)))

    def _name(self, selection: Selection) -> str:
        """A selection in words."""
        titles = {**self._phase_titles, **self._module_titles}
        parts = [
            *(titles[place] for place in sorted(selection.places)),
            *(words.OBJECTIVE.format(id=one) for one in sorted(selection.objectives)),
            *(words.MISCONCEPTION.format(id=one) for one in sorted(selection.misconceptions)),
            *(words.KINDS[kind] for kind in sorted(selection.kinds)),
            words.TRACKS[selection.track] if selection.track else "",
            words.MISTAKES if selection.mistakes else "",
            words.NEVER_SEEN if selection.never_seen else "",
            words.FLAGGED if selection.flagged else "",
        ]
        return ", ".join(filter(None, parts)) or words.EVERYTHING

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The kinds in words."""
        return tuple(words.KINDS.get(kind, words.ANY_KIND) for kind in self.kinds)

    @property
    def kind_named(self) -> str:
        """The kind that is asked for, in words; several where they were named beforehand."""
        kinds = [self.kind] if self.wanted is None else sorted(self.wanted.kinds)
        return ", ".join(words.KINDS[kind] for kind in kinds if kind) or words.ANY_KIND

    @property
    def go_on_line(self) -> str:
        """What going on with the quiz that was left leads to; empty where none was."""
        if self.begun is None:
            return ""
        line = words.GO_ON.format(title=self.begun.title, place=self.begun.place)
        return f"{line[:1].upper()}{line[1:]}"

    def begin(self, offer: Offer) -> Quiz:
        """Begin a quiz of what was picked.

        Raises:
            ValueError: no question fits.
            JournalError: the journal cannot be used.
        """
        questions = chosen(self._bank, offer.selection, self._known)
        title = words.TITLE.format(picked=one_line(self._name(offer.selection), _TITLE))
        return begin_quiz(
            self._files, self._journal, self._bank, questions, self.count, title, self._seed
        )

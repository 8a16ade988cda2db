"""The lab as lines of text: one command a line, one sentence in answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from tutor.plain.page import Page
from tutor.session.export import Sheet, export, sheet_of_runs, target
from tutor.session.knobs import knob_and_value, knob_called
from tutor.session.lab.bench import PREPARATIONS, Lab
from tutor.session.lab.experiments import experiment, experiments_for
from tutor.session.lab.files import SetUps
from tutor.session.lab.finding import Finding
from tutor.session.lab.knobs import GROUPS
from tutor.session.lab.rows import LabRow
from tutor.session.lab.stimuli import KINDS
from tutor.session.written.copying import copy_finding, copy_lab
from tutor.session.written.lab import show_difference, show_finding, show_run, show_set_up
from tutor.words import common, written
from tutor.words import plain_lab as lab_words

Outcome = Literal["back", "quit"]


class _Left(Exception):
    """The learner leaves the lab."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome: Outcome = outcome


def run_lab(page: Page, lab: Lab) -> Outcome:
    """Obey one line after the other until the learner leaves.

    Raises:
        Closed: the input has ended.
    """
    page.heading(written.LAB_TITLE)
    page.say(lab_words.WELCOME)
    lines = _Lines(page, lab)
    lines.tell()
    while True:
        line = page.ask(lab_words.KEYS)
        try:
            lines.obey(line)
        except _Left as left:
            return left.outcome
        except ValueError as error:
            page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        except KeyboardInterrupt:
            page.say(lab_words.STOPPED)


class _Lines:
    """A lab and what was found last, as commands."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self._page = page
        self._lab = lab
        self._set_ups = SetUps()
        self._found: Finding | None = None
        self._commands: dict[str, Callable[[Sequence[str]], None]] = {
            "list": self._list,
            "use": self._use,
            "set": self._set,
            "reset": self._reset,
            "add": self._add,
            "remove": self._remove,
            "run": self._run,
            "v": self._pane,
            "keep": self._keep,
            "drop": self._drop,
            "compare": self._compare,
            "experiment": self._experiment,
            "save": self._save,
            "load": self._load,
            "delete": self._delete,
            "export": self._export,
            "copy": self._copy,
            "c": self._copy,
            "help": self._help,
            "?": self._help,
            "back": self._back,
            "b": self._back,
            "m": self._back,
            "quit": self._quit,
            "q": self._quit,
        }

    def obey(self, line: str) -> None:
        """Do what the line says.

        Raises:
            ValueError: it cannot be done; one sentence.
        """
        words = line.split()
        if not words:
            return
        command = self._commands.get(words[0].casefold())
        if command is None:
            raise ValueError(lab_words.NO_COMMAND.format(command=words[0][:40]))
        command(words[1:])

    def tell(self) -> None:
        """Say what is set up."""
        show_set_up(self._page, self._lab.view)

    # The set-up.

    def _list(self, words: Sequence[str]) -> None:
        view, text = self._lab.view, " ".join(words).casefold()
        group = next((g for g in GROUPS if text and g.startswith(text)), None)
        if text == "all":
            rows = view.rows(GROUPS)
        elif group:
            rows = tuple(row for row in view.rows((group,)) if row.group == group)
        else:
            rows = view.rows(search=text)
        if not rows:
            raise ValueError(
                lab_words.NO_KNOB_HAS.format(
                    preparation=self._lab.scenario.preparation, text=text[:40]
                )
            )
        self.tell()
        for row in rows:
            self._page.say(self._told(row), indent=2 if row.knob else 0, hanging=4)

    def _told(self, row: LabRow) -> str:
        """A row of the list in a line."""
        if row.knob is None:
            return f"{row.number}) {row.text}" if row.number else row.text
        knob = row.knob
        return lab_words.KNOB.format(
            knob=knob.title,
            value=knob.shown,
            number=[each.name for each in self._lab.knobs].index(knob.name) + 1,
            changed=lab_words.CHANGED if knob.is_changed else "",
            range=knob.range_text,
        )

    def _use(self, words: Sequence[str]) -> None:
        if not words:
            for name, sentence in PREPARATIONS.items():
                self._page.say(f"{name}: {sentence}", hanging=2)
            return
        self._lab.use(words[0])
        self.tell()

    def _set(self, words: Sequence[str]) -> None:
        if len(words) < 2:
            raise ValueError(lab_words.SET_TAKES)
        knob, value = knob_and_value(self._lab.knobs, words) or (None, " ".join(words[1:]))
        self._lab.set(knob.name if knob else words[0], value)
        self.tell()

    def _reset(self, words: Sequence[str]) -> None:
        if not words:
            raise ValueError(lab_words.RESET_TAKES)
        if words[0] == "all":
            self._lab.reset_all()
        else:
            called = " ".join(words)
            knob = knob_called(self._lab.knobs, called)
            self._lab.reset(knob.name if knob else called)
        self.tell()

    def _add(self, words: Sequence[str]) -> None:
        if not words:
            for kind in self._lab.kinds:
                self._page.say(f"{kind}: {KINDS[kind]}", hanging=2)
            if not self._lab.kinds:
                self._page.say(lab_words.NOTHING_TO_ADD)
            return
        pairs = [word.partition("=") for word in words[1:]]
        if bad := next((name for name, equals, _ in pairs if not equals), ""):
            raise ValueError(lab_words.WRITE_AS.format(what=bad[:40]))
        self._lab.add(words[0], **{name: value for name, _, value in pairs})
        self.tell()

    def _remove(self, words: Sequence[str]) -> None:
        if len(words) != 1 or not words[0].isdecimal():
            raise ValueError(lab_words.REMOVE_TAKES)
        self._lab.remove(int(words[0]))
        self.tell()

    # Running and comparing.

    def _run(self, words: Sequence[str]) -> None:
        self._lab.make()
        self._found = None
        view = self._lab.view
        show_run(self._page, view)

    def _pane(self, words: Sequence[str]) -> None:
        if self._lab.run is None:
            raise ValueError(lab_words.RUN_FIRST)
        self._page.next_pane()

    def _keep(self, words: Sequence[str]) -> None:
        self._lab.make()
        self._lab.keep()
        self._page.say(lab_words.KEPT)

    def _drop(self, words: Sequence[str]) -> None:
        if self._lab.kept is None:
            raise ValueError(lab_words.NOTHING_KEPT)
        self._lab.let_go()
        self._page.say(lab_words.GONE)

    def _compare(self, words: Sequence[str]) -> None:
        if self._lab.kept is None:
            raise ValueError(lab_words.KEEP_FIRST)
        self._run(words)
        kept = self._lab.view.kept
        assert kept is not None
        show_difference(self._page, kept)

    def _experiment(self, words: Sequence[str]) -> None:
        preparation = self._lab.scenario.preparation
        known = experiments_for(preparation)
        if not words:
            for name, one in known.items():
                self._page.say(f"{name}: {one.sentence}", hanging=2)
            if not known:
                self._page.say(lab_words.NO_EXPERIMENT.format(preparation=preparation))
            return
        if words[0] in known:
            self._page.say(lab_words.TAKES_SECONDS.format(experiment=known[words[0]].title))
        found = self._found = experiment(words[0], self._lab.scenario)
        show_finding(self._page, found)

    # Files.

    def _save(self, words: Sequence[str]) -> None:
        name = _name(words, "save")
        if self._set_ups.has(name) and not self._sure(lab_words.SET_UP_EXISTS.format(name=name)):
            return
        path = self._set_ups.save(name, self._lab.scenario)
        self._lab.title = path.stem
        self._page.say(lab_words.SAVED.format(path=path))

    def _load(self, words: Sequence[str]) -> None:
        if not words:
            names = self._set_ups.names
            saved = lab_words.SAVED_ARE.format(names=", ".join(names))
            self._page.say(saved if names else lab_words.NONE_SAVED)
            return
        name = _name(words, "load")
        self._lab.open(self._set_ups.load(name), name)
        self.tell()

    def _delete(self, words: Sequence[str]) -> None:
        name = _name(words, "delete")
        if not self._set_ups.has(name):
            raise ValueError(common.NO_SET_UP.format(name=name))
        if self._sure(lab_words.DELETES_FOR_GOOD.format(name=name)):
            self._set_ups.delete(name)
            self._page.say(lab_words.DELETED.format(name=name))

    def _export(self, words: Sequence[str]) -> None:
        path = target(_name(words, "export"))
        if path.exists() and not self._sure(lab_words.FILE_EXISTS.format(path=path)):
            return
        export(self._sheet(), path, self._page.plot_mode)
        self._page.say(lab_words.WRITTEN.format(path=path))

    def _copy(self, words: Sequence[str]) -> None:
        letters = self._page.letters
        if self._found is not None:
            copy = copy_finding(self._found, letters)
        else:
            self._lab.make()
            copy = copy_lab(self._lab.view, letters, self._page.pane)
        self._page.say(copy.kept)

    def _sheet(self) -> Sheet:
        if self._found is not None:
            return self._found.sheet
        self._lab.make()
        return sheet_of_runs(self._lab.view.drawn)

    def _sure(self, text: str) -> bool:
        if self._page.ask(lab_words.GO_ON.format(what=text)).casefold() in lab_words.YES:
            return True
        self._page.say(lab_words.NOTHING_CHANGED)
        return False

    # The rest.

    def _help(self, words: Sequence[str]) -> None:
        for command, meaning in lab_words.HELP:
            self._page.say(f"{command}: {meaning}", hanging=4)

    def _back(self, words: Sequence[str]) -> None:
        raise _Left("back")

    def _quit(self, words: Sequence[str]) -> None:
        raise _Left("quit")


def _name(words: Sequence[str], command: str) -> str:
    if not words:
        raise ValueError(lab_words.TAKES_NAME.format(command=command))
    return " ".join(words)

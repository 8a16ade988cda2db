"""The lab as lines of text: one command a line, one sentence in answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from tutor.plain.page import Page
from tutor.session.export import Sheet, export, sheet_of_runs, target
from tutor.session.lab.bench import PREPARATIONS, Lab
from tutor.session.lab.compare import Reading
from tutor.session.lab.experiments import experiment, experiments_for
from tutor.session.lab.files import SetUps
from tutor.session.lab.finding import Finding
from tutor.session.lab.knobs import GROUPS
from tutor.session.lab.rows import LabRow
from tutor.session.lab.stimuli import KINDS

Outcome = Literal["back", "quit"]
PLOT_HEIGHT = 18

_HELP = (
    ("list", "the set-up; list all, list ions, list block: every knob, a group, or a word"),
    ("use NAME", "another preparation; use alone names them"),
    ("set NAME VALUE", "a knob, such as set k_block 0.9, set size 1.5x, set place middle"),
    ("reset NAME", "put a knob back; reset all takes every change back"),
    ("add KIND", "a stimulus, such as add pulse start=5 size=2x; add alone names the kinds"),
    ("remove NUMBER", "take a stimulus away"),
    ("run", "run it: plot, sentence, measurements"),
    ("v", "more of the run, such as its currents; again shows the next"),
    ("keep, drop", "keep the run as A to compare with, or let it go"),
    ("compare", "A and B side by side"),
    ("experiment NAME", "do an experiment; experiment alone names them"),
    ("save NAME, load NAME, delete NAME", "set-ups by name; load alone names them"),
    ("export FILE", "write the run or experiment: .csv .json .txt .svg .png"),
    ("back, quit", "leave the lab, or the tutor"),
)


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
    page.heading("The lab")
    page.say("A free bench: set something up, run it, compare. help tells the commands.")
    lines = _Lines(page, lab)
    lines.tell()
    while True:
        line = page.ask("[lab: list · set NAME VALUE · run · help · back]")
        try:
            lines.obey(line)
        except _Left as left:
            return left.outcome
        except ValueError as error:
            page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        except KeyboardInterrupt:
            page.say("Stopped.")


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
            raise ValueError(f"there is no command {words[0][:40]!r}; help tells them")
        command(words[1:])

    def tell(self) -> None:
        """Say what is set up."""
        self._page.say(f"Set up: {self._lab.view.set_up}.")

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
            raise ValueError(f"no knob of {self._lab.scenario.preparation} has {text[:40]!r}")
        self.tell()
        for row in rows:
            self._page.say(_told(row), indent=2 if row.knob else 0, hanging=4)

    def _use(self, words: Sequence[str]) -> None:
        if not words:
            for name, sentence in PREPARATIONS.items():
                self._page.say(f"{name}: {sentence}", hanging=2)
            return
        self._lab.use(words[0])
        self.tell()

    def _set(self, words: Sequence[str]) -> None:
        if len(words) < 2:
            raise ValueError("set takes a name and a value, such as set k_block 0.9")
        self._lab.set(words[0], " ".join(words[1:]))
        self.tell()

    def _reset(self, words: Sequence[str]) -> None:
        if not words:
            raise ValueError("reset takes a name, or all")
        if words[0] == "all":
            self._lab.reset_all()
        else:
            self._lab.reset(words[0])
        self.tell()

    def _add(self, words: Sequence[str]) -> None:
        if not words:
            for kind in self._lab.kinds:
                self._page.say(f"{kind}: {KINDS[kind]}", hanging=2)
            if not self._lab.kinds:
                self._page.say("Nothing can be added here: what drives it is among its settings.")
            return
        pairs = [word.partition("=") for word in words[1:]]
        if bad := next((name for name, equals, _ in pairs if not equals), ""):
            raise ValueError(f"write what is set as NAME=VALUE, not {bad[:40]!r}")
        self._lab.add(words[0], **{name: value for name, _, value in pairs})
        self.tell()

    def _remove(self, words: Sequence[str]) -> None:
        if len(words) != 1 or not words[0].isdecimal():
            raise ValueError("remove takes the number of a stimulus, as list shows it")
        self._lab.remove(int(words[0]))
        self.tell()

    # Running and comparing.

    def _run(self, words: Sequence[str]) -> None:
        self._lab.make()
        self._found = None
        view = self._lab.view
        self._page.plot(view.drawn, view.curves)
        for reading in view.readings:
            self._page.say(_reading(reading, view.kept is not None), hanging=4)

    def _pane(self, words: Sequence[str]) -> None:
        if self._lab.run is None:
            raise ValueError("run it first")
        self._page.next_pane()

    def _keep(self, words: Sequence[str]) -> None:
        self._lab.make()
        self._lab.keep()
        self._page.say("Kept as A; what you change now is B.")

    def _drop(self, words: Sequence[str]) -> None:
        if self._lab.kept is None:
            raise ValueError("no run is kept")
        self._lab.let_go()
        self._page.say("A is gone.")

    def _compare(self, words: Sequence[str]) -> None:
        if self._lab.kept is None:
            raise ValueError("keep a run first, then change something and compare")
        self._run(words)
        kept = self._lab.view.kept
        assert kept is not None
        for name, only in (("A", kept.only_a), ("B", kept.only_b)):
            if only:
                self._page.say(f"{name} alone has: {'; '.join(only)}.")
        if not kept.only_a and not kept.only_b:
            self._page.say("A and B are set up alike.")

    def _experiment(self, words: Sequence[str]) -> None:
        known = experiments_for(self._lab.scenario.preparation)
        if not words:
            for name, one in known.items():
                self._page.say(f"{name}: {one.sentence}", hanging=2)
            if not known:
                self._page.say(f"There is no experiment on {self._lab.scenario.preparation}.")
            return
        if words[0] in known:
            self._page.say(f"{known[words[0]].title}: this may take some seconds.")
        found = self._found = experiment(words[0], self._lab.scenario)
        for plot in found.plots:
            self._page.picture(plot, PLOT_HEIGHT)
        self._page.say(found.sentence)
        for name, value in found.numbers:
            self._page.say(f"{name}: {value}", indent=2, hanging=2)

    # Files.

    def _save(self, words: Sequence[str]) -> None:
        name = _name(words, "save")
        if self._set_ups.has(name) and not self._sure(f"There is a set-up {name} already"):
            return
        path = self._set_ups.save(name, self._lab.scenario)
        self._lab.title = path.stem
        self._page.say(f"Saved: {path}")

    def _load(self, words: Sequence[str]) -> None:
        if not words:
            names = self._set_ups.names
            self._page.say(f"Saved: {', '.join(names)}." if names else "No set-up is saved yet.")
            return
        name = _name(words, "load")
        self._lab.open(self._set_ups.load(name), name)
        self.tell()

    def _delete(self, words: Sequence[str]) -> None:
        name = _name(words, "delete")
        if not self._set_ups.has(name):
            raise ValueError(f"there is no set-up {name!r}")
        if self._sure(f"This deletes the set-up {name} for good"):
            self._set_ups.delete(name)
            self._page.say(f"Deleted: {name}.")

    def _export(self, words: Sequence[str]) -> None:
        path = target(_name(words, "export"))
        if path.exists() and not self._sure(f"There is a file {path} already"):
            return
        export(self._sheet(), path, self._page.plot_mode)
        self._page.say(f"Written: {path}")

    def _sheet(self) -> Sheet:
        if self._found is not None:
            return self._found.sheet
        self._lab.make()
        return sheet_of_runs(self._lab.view.drawn)

    def _sure(self, text: str) -> bool:
        if self._page.ask(f"{text}. Go on? [y/n]").casefold() in ("y", "yes"):
            return True
        self._page.say("Nothing is changed.")
        return False

    # The rest.

    def _help(self, words: Sequence[str]) -> None:
        for command, meaning in _HELP:
            self._page.say(f"{command}: {meaning}", hanging=4)

    def _back(self, words: Sequence[str]) -> None:
        raise _Left("back")

    def _quit(self, words: Sequence[str]) -> None:
        raise _Left("quit")


def _told(row: LabRow) -> str:
    """A row of the list in a line."""
    if row.knob is None:
        return f"{row.number}) {row.text}" if row.number else row.text
    knob = row.knob
    mark = "changed, " if knob.is_changed else ""
    return f"{knob.name} = {knob.shown} ({mark}{knob.range_text}): {knob.title}"


def _reading(reading: Reading, compares: bool) -> str:
    value = f"{reading.text} {reading.unit}".rstrip() if reading.text else "none"
    if compares:
        other = reading.other or "none"
        value += f" (A {other}, changed)" if reading.differs else " (A the same)"
    return f"{reading.name} = {value}: {reading.meaning}"


def _name(words: Sequence[str], command: str) -> str:
    if not words:
        raise ValueError(f"{command} takes a name")
    return " ".join(words)

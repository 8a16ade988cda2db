"""The tutors' guide is true: every command that it shows runs, in its order, and does as told."""

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "content" / "TUTORS.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
#: As Moodle exports it: a BOM, a name in two columns, an empty ID number.
PARTICIPANTS = (
    "\ufeffFirst name,Last name,ID number,Email address,Groups\n"
    "Ada,Novak,s1001,ada@class.example,A\n"
    "Bao,Ito,,bao@class.example,B\n"
)


def commands(text: str) -> Iterator[str]:
    """The commands of the console blocks."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            assert line.startswith("$ ")
            yield line.removeprefix("$ ")


def part(title: str) -> str:
    """The guide from a heading of the first level to the next."""
    return GUIDE.split(f"\n# {title}\n")[1].split("\n# ")[0]


class Window:
    """A shell in a folder of its own, in which `tutor` is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._exports: list[str] = []

    def run(self, command: str, typed: str = "", **env: str) -> str:
        """Run a command that ends well, or finds problems; what it prints."""
        if command.startswith("export "):
            self._exports.append(command)
            return ""
        done = subprocess.run(
            ["bash", "-c", "\n".join([*self._exports, command])],
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "HOME": str(self.folder),
                "TUTOR_DATA_DIR": str(self.folder / "tutor-data"),
                **env,
            },
        )
        found = done.stdout + done.stderr
        # Files that are set aside are a problem that was found.
        assert done.returncode == ("set aside:" in found.lower()), (command, found)
        return found


@pytest.fixture
def window(tmp_path: Path) -> Window:
    return Window(tmp_path)


def small(command: str) -> str:
    """The command with fewer learners, or fewer plots to draw, which is as good here."""
    fewer = command.replace("demo class", "demo class --learners 20")
    return fewer.replace("quiz.xml --phase spike", "quiz.xml --phase rising --plots text")


def test_the_ten_minutes_with_a_sample_class_go_as_told(window: Window) -> None:
    told = {
        one: window.run(small(one)) for one in commands(part("Ten minutes with a sample class"))
    }
    (collected,) = (text for one, text in told.items() if one.startswith("tutor collect"))
    assert "4 files set aside" in collected
    assert "sample.release" in told["tutor release sample --out sample.release"]
    assert (window.folder / "sample.release").exists()
    assert (window.folder / "report.html").read_text("utf-8").startswith("<!")
    assert (window.folder / "gradebook.csv").exists()
    assert "Sample" in told["tutor register"]


def test_the_ten_minutes_of_the_readme_are_those_of_the_guide_with_fewer_options() -> None:
    guide = list(commands(part("Ten minutes with a sample class")))
    readme = list(commands(README.split("## For tutors")[1]))
    places = [next(n for n, full in enumerate(guide) if full.startswith(one)) for one in readme]
    assert len(readme) > 3
    assert places == sorted(set(places))


def test_a_class_of_ones_own_goes_as_told(window: Window) -> None:
    folder = window.folder
    (folder / "participants.csv").write_text(PARTICIPANTS, encoding="utf-8")
    (folder / "extensions.csv").write_text("id,due\ns1001,2031-12-09\n", encoding="utf-8")
    told: dict[str, str] = {}
    receipt = ""
    for command in commands(part("Your own class")):
        if command == "tutor collect submissions.zip":
            receipt = hand_in(window)
        if command.startswith("tutor register moodle"):
            write_responses(folder)
        typed = small(command).replace("QUESTION", a_question(folder))
        told[command] = window.run(typed.replace("RECEIPT", receipt))
    assert "2 learners" in told[next(one for one in told if one.startswith("tutor assign"))]
    assert "1 of 2 learners in" in told["tutor collect submissions.zip"]
    assert "1" in told["tutor register moodle spike responses.csv"]
    names = {path.name for path in folder.iterdir()}
    assert {"spike.assignment", "report.html", "gradebook.csv", "spike.release"} <= names
    assert "ada@class.example" in (folder / "gradebook.csv").read_text("utf-8")
    assert (folder / "tutor-key-copy.txt").read_text() == (
        folder / "tutor-data" / "tutor-key.txt"
    ).read_text()


def hand_in(window: Window) -> str:
    """Do what learners are told, and put it into an archive as Moodle does; the receipt code."""
    own = {"TUTOR_DATA_DIR": str(window.folder / "learner-data")}
    window.run("tutor open spike.assignment --plain", "s1001\nAda Novak\n\n1\nq\n", **own)
    receipt = re.search(r"Receipt: (\S+)", window.run("tutor submit --yes", **own))
    assert receipt
    (submission,) = window.folder.glob("*.submission")
    with zipfile.ZipFile(window.folder / "submissions.zip", "w") as archive:
        archive.write(submission, f"Ada Novak_4711_assignsubmission_file/{submission.name}")
        archive.writestr("Bao Ito_4712_assignsubmission_onlinetext/onlinetext.html", "<p></p>")
    return receipt[1]


def write_responses(folder: Path) -> None:
    """What Moodle tells of Bao, who worked there: the first single choice of the assignment."""
    found = json.loads((folder / "spike.assignment").read_text("utf-8"))
    asked = next(
        one
        for phase in found["excerpt"]["phases"]
        for one in phase["questions"]
        if one["kind"] == "single"
    )
    row = {
        "Last name": "Ito",
        "First name": "Bao",
        "ID number": "",
        "Email address": "bao@class.example",
        "State": "Finished",
        "Started on": "4 December 2030  10:00 AM",
        "Completed": "4 December 2030  10:20 AM",
        "Time taken": "20 mins",
        "Grade/10.00": "5.00",
        "Question 1": asked["stem"],
        "Response 1": asked["options"][0]["text"],
    }
    with (folder / "responses.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*row])
        table.writeheader()
        table.writerow(row)


def a_question(folder: Path) -> str:
    """The id of a question of the assignment, once there is one."""
    path = folder / "spike.assignment"
    if not path.exists():
        return ""
    found = re.search(r'"ids":\s*\[\s*"([^"]+)"', path.read_text("utf-8"))
    assert found
    return found[1]


def test_every_command_and_option_that_the_guide_names_is_there() -> None:
    import click

    from tutor.cli.commands import tutor

    context = click.Context(tutor)
    for text in (GUIDE, README.split("## For tutors")[1].split("\n## ")[0]):
        for named, rest in re.findall(r"[`$] ?tutor (?:--course [\w-]+ )?([a-z]+)([^`\n]*)", text):
            assert named in COMMANDS, named
            command = tutor.get_command(context, named)
            words = rest.split()
            if isinstance(command, click.Group) and words:
                command = command.get_command(context, words[0])
            assert command is not None, (named, rest)
            options = {name for one in command.params for name in one.opts}
            used = {word.strip(".,") for word in words if word.startswith("--")}
            assert used <= options, (named, used - options)
    assign = tutor.get_command(context, "assign")
    assert assign is not None
    known = {name for one in assign.params for name in one.opts}
    table = re.findall(r"^\| (`--.*?) \|", GUIDE, re.MULTILINE)
    assert set(re.findall(r"--[a-z-]+", " ".join(table))) <= known

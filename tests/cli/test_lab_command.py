"""`tutor lab`: what it opens, and what it refuses."""

from pathlib import Path

import pytest
from test_commands import refused, tutor

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT
from tutor.journal.store import Journal, default_path
from tutor.session.lab.bench import Lab
from tutor.session.lab.files import SetUps


def test_the_lab_runs_as_lines_of_text_fed_on_the_input() -> None:
    done = tutor("lab", "--plain", stdin="run\nback\n")
    assert done.returncode == 0
    assert "textbook neuron" in done.stdout
    assert "Most positive potential: 30.0 mV" in done.stdout


def test_a_preparation_or_a_saved_set_up_is_opened_by_name() -> None:
    assert "squid giant axon" in tutor("lab", "squid", "--plain", stdin="back\n").stdout
    lab = Lab()
    lab.set("k_block", 0.25)
    SetUps().save("mine", lab.scenario)
    said = " ".join(tutor("--plain", "lab", "mine", stdin="back\n").stdout.split())
    assert "blocked 25%" in said


def test_a_question_is_opened_only_once_it_is_answered(files: CourseFolder) -> None:
    question = files.phase("rising").questions[0]
    assert f"answer {question.id} first" in refused("lab", question.id)
    with Journal.open(default_path()) as journal:
        journal.append(
            ATTEMPT, question_id=question.id, revision=question.revision, seed=1, answer=["a"]
        )
    done = tutor("lab", question.id, "--plain", stdin="back\n")
    assert done.returncode == 0
    assert "Set up:" in done.stdout


@pytest.mark.parametrize("name", ["squit", "../x", "[/b]"])
def test_what_there_is_not_is_one_sentence(name: str) -> None:
    assert "there is no preparation, set-up or question" in refused("lab", name)


def test_a_broken_set_up_is_one_sentence_with_its_place() -> None:
    folder = SetUps().folder
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text("preparation: squid\nchanges:\n  k_block: 7\n")
    assert f"{Path('lab') / 'bad.yaml'}:3:12: k_block is 7" in refused("lab", "bad")

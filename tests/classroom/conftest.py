"""Lets the tests import the small courses, and what makes assignments and classes here."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from tutor.classroom.handout.making import Made
from tutor.classroom.keys import make_tutor_key
from tutor.classroom.register.register import Register, open_register
from tutor.course.loader import CourseFolder
from tutor.course.questions import Question
from tutor.journal.store import Journal

sys.path.insert(0, str(Path(__file__).parents[1] / "course"))
sys.path.append(str(Path(__file__).parents[1] / "tui"))
sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parent))

import report_class
from classes import Class
from every_question_out import made_of
from handing import questions_of
from handouts import Clock, HandOut, hand_out, some_ids
from moodle_quiz import Quiz
from postgres_server import Server, shared


@pytest.fixture
def tutor_key(own_data_folder: Path) -> PrivateKey:
    """A tutor's key, in its place."""
    return make_tutor_key(own_data_folder)


@pytest.fixture
def clock() -> Clock:
    """The clock of a learner."""
    return Clock()


@pytest.fixture
def learner(own_data_folder: Path, clock: Clock) -> Iterator[Journal]:
    """The journal of a learner, in its place."""
    with Journal.open(own_data_folder / "journal.sqlite3", clock=clock) as journal:
        yield journal


@pytest.fixture(scope="session")
def made(files: CourseFolder) -> Made:
    """Every question of the course, handed out."""
    return made_of(files)


@pytest.fixture(scope="session")
def in_full(made: Made) -> dict[str, Question]:
    """Its questions with their keys, by their ids."""
    return questions_of(made.in_full)


@pytest.fixture(scope="session")
def given(made: Made) -> dict[str, Question]:
    """Its questions as learners have them, by their ids."""
    return questions_of(made.assignment.excerpt)


@pytest.fixture(scope="session")
def fourteen(files: CourseFolder, tmp_path_factory: pytest.TempPathFactory) -> Class:
    """A class whose answers are known, to be read only."""
    return report_class.fourteen(files, tmp_path_factory.mktemp("fourteen"))


@pytest.fixture(scope="session")
def postgres_server(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The PostgreSQL server of this run."""
    own = tmp_path_factory.getbasetemp()
    with shared(own if worker_id == "master" else own.parent) as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> str:
    """The address of an empty register-to-be."""
    return postgres_server.new_schema()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register may be: in a file, or in PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite3")
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def register(where: str) -> Iterator[Register]:
    """A register, new."""
    with open_register(where) as opened:
        yield opened


@pytest.fixture
def room(register: Register, files: CourseFolder, tmp_path: Path) -> Class:
    """A class that was handed three questions, and the folder for what it hands in."""
    return Class(register, hand_out(files), tmp_path / "in")


@pytest.fixture
def out(files: CourseFolder) -> HandOut:
    """Graded work of a few questions."""
    return hand_out(files)


@pytest.fixture
def quiz(files: CourseFolder) -> Quiz:
    """A quiz in Moodle of the same questions."""
    return Quiz(files, some_ids(files))

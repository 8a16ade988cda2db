"""Keys are called by ids, which a file of the learner's gives other keys; help tells them."""

from collections import Counter
from pathlib import Path

import pytest
from app_driver import PHASE, known_learner, put_at, refutable, squeezed, started
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.terminal import CERTAINTY, config_folder, turn
from tutor.tui.app import KEYS_FILE
from tutor.tui.keys import key_lines, known_keys, nodes, read_keys, written

#: Digits and letters that stand before what they pick; they cannot be others.
PICKS = ("show(", "digit(", "pick(", "pair(", "begin(")


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def keys_file(text: str) -> Path:
    """The learner's file with `text` in it."""
    file = config_folder() / KEYS_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


async def test_a_learners_own_key_takes_the_place_of_ours(
    files: CourseFolder, learner: Journal
) -> None:
    keys_file('[home]\nprofile = "x, f2"\n')
    async with started(files, learner) as ui:
        assert "x Exam" not in ui.rows[-1]
        await ui.press("d")
        assert ui.shows == "HomeScreen"
        for key in ("x", "f2"):
            await ui.press(key)
            assert ui.shows == "ProfileScreen"
            await ui.press("escape")


async def test_the_key_line_of_the_first_start_has_the_key_that_tells_all(
    files: CourseFolder, journal: Journal
) -> None:
    async with started(files, journal) as ui:
        shown = []
        for keys in ((), ("3", "enter"), ("s",)):
            await ui.press(*keys)
            shown.append(ui.shows)
            assert "? Keys" in ui.rows[-1]
            await ui.press("question_mark")
            assert ui.shows == "HelpScreen"
            await ui.press("escape")
    assert shown == ["WelcomeScreen", "FirstMinuteScreen", "ProfileScreen"]


async def test_where_keys_have_no_room_the_last_one_says_that_it_tells_all(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter")
        assert "v Panes" not in ui.rows[-1]
        assert ui.rows[-1].rstrip().endswith("? All keys")
        await ui.press("question_mark")
        told = squeezed(" ".join(str(one.content) for one in ui.app.screen.query(Static)))
        assert "v show something else below the voltage" in told
        assert "k turn the knobs of the run" in told
        await ui.press("escape")
        await ui.resize((200, 60))
        assert "v Panes" in ui.rows[-1]
        assert ui.rows[-1].rstrip().endswith("? Keys")


async def test_help_tells_the_keys_as_they_are_now(files: CourseFolder, learner: Journal) -> None:
    keys_file('home.profile = "x"\napp.motion = "ctrl+g"')
    async with started(files, learner) as ui:
        await ui.press("question_mark")
        told = ui.told("#help")
        assert "x exam, board and date" in told
        await ui.press("end")
        await ui.until(lambda: "^G motion on or off" in ui.told("#help"))
        assert ui.toasts == []


async def test_two_keys_can_be_swapped(files: CourseFolder, learner: Journal) -> None:
    keys_file('home.profile = "f"\nhome.first-minute = "d"\n')
    async with started(files, learner) as ui:
        assert ui.toasts == []
        await ui.press("f")
        assert ui.shows == "ProfileScreen"
        await ui.press("escape", "d")
        assert ui.shows == "FirstMinuteScreen"


async def test_a_key_that_had_two_meanings_keeps_the_other(
    files: CourseFolder, learner: Journal
) -> None:
    """Enter goes on, and commits; escape leaves, and takes an answer back."""
    keys_file('[lesson]\nnext = "j"\nmap = "z"')
    turn(learner, CERTAINTY, True)
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted)
        ui.app.set_focus(None)
        await ui.press("enter", "escape")
        assert ui.asks
        assert ui.shows == "LessonScreen"
        await ui.press("enter", "2")
        assert not ui.asks
        before = ui.lesson.view
        await ui.press("enter", "escape")
        assert ui.lesson.view == before
        await ui.press("j")
        assert ui.lesson.view != before
        await ui.press("z")
        assert ui.shows == "HomeScreen"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('home.profil = "x"', "no keys with the id 'home.profil'; did you mean home.profile"),
        ('home.profile = "q"', "home.profile and home.quit would both be q"),
        ('home.profile = "ctrl+p"', "home.profile and app.find would both be ^P"),
        ('home.profile = "nokey"', "home.profile has 'nokey', which is no key"),
        ('home.profile = ""', "home.profile needs its keys as text"),
        ("home.profile = 3", "home.profile needs its keys as text"),
        ('home.profile = "x', "is no TOML, so all keys are as ever"),
    ],
)
async def test_what_cannot_be_taken_is_a_sentence_at_the_start_and_our_key_stays(
    files: CourseFolder, learner: Journal, text: str, said: str
) -> None:
    keys_file(text)
    async with started(files, learner) as ui:
        assert said in " ".join(ui.toasts)
        await ui.press("d")
        assert ui.shows == "ProfileScreen"


async def test_one_wrong_line_leaves_the_others_in_force(
    files: CourseFolder, learner: Journal
) -> None:
    keys_file('home.profile = "q"\nhome.first-minute = "x"')
    async with started(files, learner) as ui:
        await ui.press("x")
        assert ui.shows == "FirstMinuteScreen"


def test_a_file_that_is_no_text_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_bytes(b"\xff\xfe\x00")
    assert read_keys(file)[0] == {}
    assert "no TOML" in read_keys(file)[1][0]
    assert "cannot be read" in read_keys(tmp_path)[1][0]


def test_the_file_that_is_written_changes_nothing_and_names_every_id(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(written(known_keys()), encoding="utf-8")
    assert read_keys(file) == ({}, [])
    lines = file.read_text().splitlines()
    uncommented = [line.removeprefix("# ") for line in lines if ' = "' in line]
    file.write_text("\n".join(uncommented), encoding="utf-8")
    taken, problems = read_keys(file)
    assert problems == []
    assert taken.keys() == known_keys().keys()


def test_every_key_of_the_app_has_an_id_and_a_meaning() -> None:
    known = known_keys()
    without = [
        f"{node.__name__}: {binding.key}"
        for node in nodes()
        for binding in node.__dict__.get("BINDINGS", ())
        if not (isinstance(binding, Binding) and binding.id in known)
        and not binding.action.startswith(PICKS)
        and binding not in Screen.BINDINGS
    ]
    assert without == []


def test_an_id_means_one_thing() -> None:
    meanings = {(line.id, line.meaning) for node in nodes() for line in key_lines(node)}
    ids = Counter(name for name, _ in meanings)
    assert [name for name, count in ids.items() if count > 1] == []

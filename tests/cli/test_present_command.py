"""`tutor present` and `tutor keys` on the command line."""

from pathlib import Path

from test_commands import refused, tutor


def test_present_leads_a_room_through_a_question_in_lines() -> None:
    done = tutor("present", "rising.q1", "--plain", stdin="x\n4 9 0 1\n\n")
    text = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert done.stderr == ""
    assert "What carries it up?" in text
    assert "Write 4 whole numbers up to 9999" in text
    asked, told = text.split("[Enter the verdict]")
    assert "(right)" not in asked
    assert "(right)" in told
    assert "####################" in told
    assert "It decides: " in told


def test_present_ends_quietly_where_the_input_ends() -> None:
    done = tutor("present", "rising.q1", "--plain")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_present_takes_the_answers_of_a_room_where_there_are_no_options() -> None:
    typed = "2: 5\nsoon: 4\n1.4: 12\n1.4: 3\nb\n\n\n"
    done = tutor("present", "reading.q1", "--plain", stdin=typed)
    text = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert "Write a number, such as 2.35." in text
    assert "1.4 ms: 15 2 ms: 5" in text
    assert "1.4 ms: 12 2 ms: 5 [An answer" in text
    asked, told = text.split("[Enter the verdict]")
    assert "The right answer" not in asked
    assert "x 12 #################### 1.4 ms (wrong)" in told
    assert "The right answer: the " in told


def test_present_refuses_a_question_that_is_not_there() -> None:
    assert "no question 'rising.q1x'; did you mean rising.q1" in refused("present", "rising.q1x")


def test_keys_lists_every_id_with_its_keys_and_its_meaning() -> None:
    done = tutor("keys")
    assert done.returncode == 0
    line = next(line for line in done.stdout.splitlines() if line.startswith("home.exam"))
    name, key, meaning = line.split(maxsplit=2)
    assert (name, key) == ("home.exam", "e")
    assert meaning == "a timed exam, and the reports of past ones"
    assert done.stdout.isascii()


def test_keys_writes_a_file_once_that_changes_them(tmp_path: Path) -> None:
    environ = {"TUTOR_CONFIG_DIR": str(tmp_path / "own")}
    file = tmp_path / "own" / "keys.toml"
    assert str(file) in tutor("keys", "--write", **environ).stdout
    assert "is there already" in refused("keys", "--write", **environ)
    file.write_text(file.read_text().replace('# home.exam = "e"', 'home.exam = "x"'))
    done = tutor("keys", **environ)
    assert done.returncode == 0
    assert "home.exam" in done.stdout
    assert ["home.exam", "x"] in [line.split()[:2] for line in done.stdout.splitlines()]
    file.write_text('home.exma = "x"\n')
    done = tutor("keys", **environ)
    assert done.returncode == 1
    assert "did you mean home.exam" in done.stdout

"""What is in front of a learner as plain text: all of it, nothing of a key before its verdict."""

import os
import sys

import pytest
from answers import HOSTILE, wrong_answer
from every_kind import kinds_course

from tutor.cli.options import QUESTION_KINDS
from tutor.course.questions import ChoiceQuestion
from tutor.grading.marking import model_answer
from tutor.session.bank import Bank
from tutor.session.exam.blueprint import file_of, load_blueprint
from tutor.session.exam.drawing import draw_paper
from tutor.session.exam.opening import begin_exam
from tutor.session.form import key_lines
from tutor.session.lab.bench import Lab
from tutor.session.lab.experiments import experiment
from tutor.session.lesson import Lesson
from tutor.session.panes import panes_of
from tutor.session.points import point_lines
from tutor.session.views import EndView, QuestionView, StepView, VerdictView
from tutor.session.written.copying import (
    copies_folder,
    copy_asked,
    copy_finding,
    copy_lab,
    copy_text,
)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return kinds_course(tmp_path_factory.mktemp("kinds"))


def at(files, journal, kind, phase="kinds"):
    lesson = Lesson(files, phase, journal)
    while not (isinstance(lesson.view, QuestionView) and lesson.view.question.kind == kind):
        lesson.forward()
    return lesson


def words_of(text):
    return " ".join(text.split())


def copied(asking, letters="braille", pane=None):
    """The words of a copy, of which the one file there is has all."""
    before = set(copies_folder().glob("*"))
    copy = copy_asked(asking, letters, pane)
    (path,) = set(copies_folder().glob("*")) - before
    assert copy.is_kept
    assert str(path) in copy.kept
    assert path.read_text(encoding="utf-8") == copy.text
    return words_of(copy.text)


def keys_of(question, posed):
    """What nobody may read of a question before its verdict."""
    found = [question.explanation, question.hint]
    if question.kind != "experiment":  # Its run is there to be read, and its goal is the stem's.
        found.append(question.decides.split("{")[0])
    if isinstance(question, ChoiceQuestion):
        found += [option.feedback for option in question.options]
    else:
        found += key_lines(posed)
    found += [point.text for point in getattr(question, "mark_points", ())]
    found += [value.says for value in getattr(question, "wrong_values", ())]
    return [words_of(text) for text in found if len(text) > 2]


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_an_open_question_of_any_kind_is_copied_without_its_key(kinds, journal, kind):
    lesson = at(kinds, journal, kind)
    text = copied(lesson)
    view = lesson.view
    assert view.question.id in text
    assert words_of(view.stem) in text
    assert view.set_up in text
    for one in (*view.form.choices, *view.form.partners):
        assert one.text in text
    for part in (*view.form.parts, *(knob.title for knob in view.knobs)):
        assert part in text
    assert not [key for key in keys_of(view.question, lesson._asked.posed) if key in text]


def test_no_question_of_the_course_is_copied_with_its_key(files, journal):
    seen = 0
    for phase in ("rest", "threshold", "rising"):
        lesson = Lesson(files, phase, journal)
        while not isinstance(lesson.view, EndView):
            if isinstance(lesson.view, QuestionView):
                seen += 1
                question, text = (
                    lesson.view.question,
                    words_of(copy_asked(lesson, "ascii", None).text),
                )
                known = keys_of(question, lesson._asked.posed)
                told = words_of(lesson.view.stem)
                assert not [k for k in known if k in text and k not in told], question.id
            lesson.forward()
    assert seen > 40


@pytest.mark.parametrize("answered", [model_answer, wrong_answer])
@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_a_verdict_on_any_kind_is_copied_with_all_that_is_told(kinds, journal, kind, answered):
    lesson = at(kinds, journal, kind)
    if kind == "experiment":
        for name, value in answered(lesson._asked.posed).items():
            lesson.turn(name, value)
        lesson.answer_line("run")
    else:
        lesson.answer(answered(lesson._asked.posed))
    view = lesson.view
    assert isinstance(view, VerdictView)
    text = copied(lesson)
    for part in (
        view.headline,
        view.question.id,
        words_of(view.stem),
        words_of(view.answer),
        view.decides,
        words_of(view.explanation),
        view.question.source,
        *(words_of(line.text) for line in point_lines(view, view.verdict)),
        *(option.text for option in view.form.choices),
        *(words_of(line) for line in view.key if view.shows_key),
        "E_Na +50",
        "The potential rests at -70.0 mV",
    ):
        assert part in text, part


def test_a_refutation_that_was_met_before_is_copied_in_full(files, journal):
    def refuted():
        lesson = at(files, journal, "single", "rising")
        if isinstance(lesson.view, QuestionView):
            wrong = next(o for o in lesson.view.question.options if o.refutation is not None)
            lesson.answer([wrong.id])
        return lesson

    lesson = refuted()
    says = lesson.view.refutations[0].says
    lesson.try_again()
    wrong = next(o for o in lesson.view.question.options if o.refutation is not None)
    lesson.answer([wrong.id])
    (refutation,) = lesson.view.refutations
    assert refutation.seen_before
    text = copied(lesson)
    assert says in text
    assert refutation.set_up in text
    assert refutation.misconception.right in text
    assert "r draws it" not in text


def test_the_pane_that_is_seen_is_copied_and_none_that_is_not(files, journal):
    lesson = Lesson(files, "rising", journal)
    view = lesson.view
    assert isinstance(view, StepView)
    *_, pane = panes_of(view.drawn, view.curves)
    assert pane.title
    assert pane.title in copied(lesson, pane=pane)
    assert pane.title not in copied(lesson)


def test_a_pane_of_another_run_is_left_out(journal):
    lab = Lab()
    lab.make()
    pane = panes_of(lab.view.drawn, ())[0]
    lab.use("resting")
    lab.make()
    assert pane not in panes_of(lab.view.drawn, ())
    assert pane.title not in copy_lab(lab.view, "braille", pane).text


def test_an_exam_is_copied_without_the_ids_of_its_questions(files, journal):
    bank, name = Bank(files), "usmle"
    paper = draw_paper(bank, name, load_blueprint(files, file_of(files, name)), 3)
    exam = begin_exam(files, journal, bank, paper, 0)
    view = exam.view
    text = copied(exam)
    assert text.startswith("Question 1/")
    assert words_of(view.stem)[:60] in text
    assert view.question.id not in text
    (path,) = copies_folder().iterdir()
    assert view.question.id not in path.name


def test_the_end_is_nothing_to_copy(kinds, journal):
    lesson = Lesson(kinds, "kinds", journal)
    while not isinstance(lesson.view, EndView):
        lesson.forward()
    with pytest.raises(ValueError, match="nothing to copy"):
        copy_asked(lesson, "ascii", None)


# The lab


def test_the_lab_is_copied_with_set_up_plot_and_readings():
    lab = Lab()
    lab.make()
    lab.keep()
    lab.set("size", "2x")
    lab.make()
    copy = copy_lab(lab.view, "ascii", None)
    text = words_of(copy.text)
    assert copy.text.isascii()
    assert "Set up: textbook neuron" in text
    assert "rises to a peak of" in text
    assert "* B" in text
    for reading in lab.view.readings:
        assert f"{reading.meaning[0].upper()}{reading.meaning[1:]}: {reading.text}" in copy.text
    assert "B alone has: pulse 0.5 ms at 1 ms, 2 x threshold." in text


def test_an_experiment_is_copied_with_its_plots_and_numbers():
    found = experiment("threshold", Lab().scenario)
    text = words_of(copy_finding(found, "braille").text)
    for part in (
        found.title,
        found.set_up,
        found.sentence,
        *(value for _, value in found.numbers),
    ):
        assert words_of(part) in text
    assert found.plots[0].y.title in text or found.plots[0].x.unit in text


# Files


def test_each_copy_is_a_file_of_its_own():
    assert len({copy_text("lab", f"{number}").kept for number in range(4)}) == 4
    texts = {path.read_text(encoding="utf-8") for path in copies_folder().iterdir()}
    assert texts == {"0", "1", "2", "3"}


def test_what_is_in_the_way_of_the_folder_is_said_and_nothing_is_claimed():
    copies_folder().parent.mkdir(parents=True, exist_ok=True)
    copies_folder().write_text("in the way", encoding="utf-8")
    copy = copy_text("lab", "text")
    assert not copy.is_kept
    assert copy.text == "text"
    assert copy.kept.startswith("It could not be written (")
    assert str(copies_folder()) in copy.kept
    assert copies_folder().read_text(encoding="utf-8") == "in the way"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write all")
def test_a_read_only_folder_is_said():
    copies_folder().mkdir(parents=True)
    copies_folder().chmod(0o500)
    copy = copy_text("lab", "text")
    assert "Permission denied" in copy.kept
    assert not copy.is_kept


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/full")
def test_a_full_disk_leaves_no_half_of_a_copy(monkeypatch):
    from tutor.session import new_file

    real = new_file._opened

    def on_a_full_disk(folder, stem):
        path, file = real(folder, stem)
        file.close()
        return path, open("/dev/full", "w", encoding="utf-8")  # noqa: PTH123

    monkeypatch.setattr(new_file, "_opened", on_a_full_disk)
    copy = copy_text("lab", "text")
    assert "No space left" in copy.kept
    assert not copy.is_kept
    assert not [*copies_folder().iterdir()]


def test_hostile_text_is_copied_without_what_acts():
    copy = copy_text("selection", "a\x1b]52;c;aGFja2Vk\x07b\x00\u202ec\ud800\n\td")
    assert not set("\x1b\x07\x00\u202e\ud800") & set(copy.text)
    assert copy.text.startswith("a")
    assert copy.text.endswith("\n\td")
    (path,) = copies_folder().iterdir()
    assert path.read_text(encoding="utf-8") == copy.text


def test_a_hostile_answer_is_copied_without_what_acts(kinds, journal):
    lesson = at(kinds, journal, "text")
    lesson.answer(HOSTILE)
    copy = copy_asked(lesson, "braille", None)
    assert not set("\x1b\x07\x00\u202e") & set(copy.text)
    assert "[@click=app.quit]x[/b]" in copy.text

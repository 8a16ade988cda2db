"""Whatever lies in a folder or an archive: submissions are found, the rest does no harm."""

from __future__ import annotations

import contextlib
import os
import sys
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tutor.classroom.collection.gathering import (
    MOST_ENTRIES,
    MOST_TIMES,
    Found,
    Gathered,
    Other,
    Refused,
    gather,
)
from tutor.classroom.submission import open_submission
from tutor.course.loader import CourseFolder

sys.path.insert(0, str(Path(__file__).parent))

from handing import handed_in, right_answers, submission_of, worked
from handouts import ADA, MADE, hand_out

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def submission(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a submission."""
    given = hand_out(CourseFolder())
    answers = right_answers(given.assignment, given.in_full, ADA)
    done = submission_of(given.assignment, ADA, worked(given.assignment, ADA, answers, MADE + DAY))
    return handed_in(tmp_path_factory.mktemp("one"), done, given.assignment).read_bytes()


def found(*paths: Path) -> tuple[list[str], dict[str, str], list[str]]:
    """Names of what may be submissions, reasons of what is refused, names of all else."""
    gathered: list[Gathered] = list(gather(paths))
    return (
        [Path(one.name).name for one in gathered if isinstance(one, Found)],
        {Path(one.name).name: one.reason for one in gathered if isinstance(one, Refused)},
        [Path(one.name).name for one in gathered if isinstance(one, Other)],
    )


def zipped(entries: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_submissions_are_found_by_what_they_are_whatever_they_are_called(
    tmp_path: Path, submission: bytes
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("a/b/essay.pdf", ".x", "a/upload_17.submission (2).txt", "y.json"):
        (tmp_path / name).write_bytes(submission)
    (tmp_path / "archive.zip").write_bytes(zipped({"Ada_17_file_/z.bin": submission}))
    names, refused, others = found(tmp_path)
    assert sorted(names) == [".x", "essay.pdf", "upload_17.submission (2).txt", "y.json", "z.bin"]
    assert not refused
    assert not others


def test_a_platforms_archive_is_read_with_the_archives_that_learners_put_in_it(
    tmp_path: Path, submission: bytes
) -> None:
    inner = zipped({"mine/work.submission": submission, "mine/.DS_Store": b"\0\0"})
    deeper = zipped({"again.zip": inner})
    (tmp_path / "bulk.zip").write_bytes(
        zipped(
            {
                "Ada Byron_1_assignsubmission_file_/work.submission": submission,
                "Bob_2_assignsubmission_onlinetext_/onlinetext.html": b"<p>attached</p>",
                "Bob_2_assignsubmission_file_/my.zip": inner,
                "Cy_3_assignsubmission_file_/deep.zip": deeper,
                "__MACOSX/._work.submission": b"\0\5\x16\7",
            }
        )
    )
    names, refused, others = found(tmp_path / "bulk.zip")
    assert names == ["work.submission", "work.submission"]
    assert list(refused) == ["again.zip"]
    assert sorted(others) == [".DS_Store", "._work.submission", "onlinetext.html"]


def test_what_is_plainly_something_else_raises_no_alarm(tmp_path: Path) -> None:
    files = {
        ".DS_Store": b"\0\0\0\1Bud1",
        "Thumbs.db": b"\xd0\xcf",
        "notes.pdf": b"%PDF-1.7 ...",
        "photo.JPG": b"\xff\xd8\xff\xe0",
        "essay.docx": b"PK\x03\x04 word/document.xml",
        "readme.txt": b"Dear sir, please find attached",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    names, refused, others = found(tmp_path)
    assert (names, refused) == ([], {})
    assert sorted(others) == sorted(files)


def test_what_may_have_been_a_submission_is_named(tmp_path: Path, submission: bytes) -> None:
    (tmp_path / "empty.submission").write_bytes(b"")
    (tmp_path / "noise.submission").write_bytes(b"\x8f\x01" * 500)
    (tmp_path / "noise").write_bytes(b"\x8f\x01" * 500)
    (tmp_path / "fake.pdf").write_bytes(b"\x8f\x01" * 500)
    (tmp_path / "torn.txt").write_bytes(b'{\n "form')
    _, refused, others = found(tmp_path)
    names = ["empty.submission", "fake.pdf", "noise", "noise.submission", "torn.txt"]
    assert sorted(refused) == names
    assert not others


def test_links_and_what_is_no_file_are_not_followed(tmp_path: Path, submission: bytes) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "of another.submission").write_bytes(submission)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "file").symlink_to(secret / "of another.submission")
    (folder / "folder").symlink_to(secret)
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    names, refused, _ = found(folder)
    assert names == []
    assert sorted(refused) == ["file", "folder", "pipe", "round"]
    links = {refused[name] for name in ("file", "folder", "round")}
    assert links == {"it is a link to another place, which is not followed"}
    assert found(folder / "file")[0] == ["file"]  # Whoever names a link means it.


def test_names_in_an_archive_lead_nowhere(tmp_path: Path, submission: bytes) -> None:
    outside = tmp_path / "outside"
    archive = zipped({"../outside": submission, "/tmp/abs": submission, "a\x1b[2J\nb": submission})
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "x.zip").write_bytes(archive)
    gathered = list(gather([folder]))
    assert [type(one) for one in gathered] == [Found, Found, Found]
    assert not outside.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["x.zip"]
    assert all("\x1b" not in one.name and "\n" not in one.name for one in gathered)


def test_a_zip_bomb_costs_little_and_the_rest_is_read(tmp_path: Path, submission: bytes) -> None:
    start = submission[:200]
    bomb = zipped({"bomb": start + bytes(200 * 1024 * 1024)})
    inner = zipped({f"{number}": start + bytes(9_000_000) for number in range(12)})
    direct = {f"d{number}": start + bytes(9_000_000) for number in range(12)}
    (tmp_path / "bulk.zip").write_bytes(
        zipped({"a/bomb.zip": bomb, "b/many.zip": inner, **direct, "e/good": submission})
    )
    names, refused, _ = found(tmp_path)
    assert names == ["good"]
    assert sorted(refused) == sorted(["bomb.zip", "many.zip", *direct])
    assert set(refused.values()) == {
        f"it unpacks to more than {MOST_TIMES} times its size, as no submission does"
    }


def test_many_bombs_of_one_learner_do_not_keep_out_the_class(
    tmp_path: Path, submission: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.classroom.collection.gathering.LARGEST_ARCHIVE_MB", 20)
    start = submission[:200]
    bombs = {f"a{n}.zip": zipped({"x": start + bytes(9_000_000)}) for n in range(9)}
    (tmp_path / "bulk.zip").write_bytes(zipped({**bombs, "z/good": submission}))
    assert found(tmp_path)[0] == ["good"]


def test_no_more_comes_out_of_an_archive_in_another_than_it_may_hold(
    tmp_path: Path, submission: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.classroom.collection.gathering.LARGEST_INNER_MB", 2)
    inner = zipped({str(n): submission + bytes(900_000) for n in range(3)}, zipfile.ZIP_STORED)
    outer = zipped({"many.zip": inner, "good": submission}, zipfile.ZIP_STORED)
    (tmp_path / "bulk.zip").write_bytes(outer)
    names, refused, _ = found(tmp_path)
    assert names[-1] == "good"
    assert refused == {"many.zip": "more than 2 MB come out of it, which no class hands in"}


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(str(number), b"")
    _, refused, _ = found(tmp_path)
    assert list(refused) == ["many.zip"]


def test_broken_and_locked_archives_are_named(tmp_path: Path, submission: bytes) -> None:
    good = zipped({"good": submission, "hurt": submission})
    (tmp_path / "cut.zip").write_bytes(good[: len(good) // 2])
    (tmp_path / "empty.zip").write_bytes(b"")
    hurt = bytearray(good)
    place = hurt.rindex(b"hurt", 0, good.index(b"PK\x01\x02")) + 300
    hurt[place : place + 40] = b"\0" * 40
    (tmp_path / "hurt.zip").write_bytes(bytes(hurt))
    locked = bytearray(zipped({"locked": submission}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    with zipfile.ZipFile(tmp_path / "lzma.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("packed", submission)
    names, refused, _ = found(tmp_path)
    assert names == ["good"]
    assert sorted(refused) == ["cut.zip", "empty.zip", "hurt", "locked", "packed"]
    assert "password" in refused["locked"]


def test_any_bytes_in_an_archive_give_a_reason_and_no_fault(
    tmp_path: Path, submission: bytes
) -> None:
    import random

    chance = random.Random(8)
    good = zipped({"one": submission, "two.zip": zipped({"three": submission})})
    for _ in range(150):
        spoilt = bytearray(good)
        for _ in range(chance.randrange(1, 12)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        (tmp_path / "x.zip").write_bytes(bytes(spoilt))
        for one in gather([tmp_path]):
            assert one.name


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, submission: bytes) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (tmp_path / "closed").write_bytes(submission)
    (tmp_path / "closed").chmod(0)
    assert list(found(tmp_path)[1]) == ["closed"]


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path: Path, submission: bytes) -> None:
    (tmp_path / "mine").write_bytes(submission)
    with contextlib.chdir(tmp_path):
        for _ in range(25):  # In the end its name is longer than a system takes.
            Path("x" * 200).mkdir()
            os.chdir("x" * 200)
    names, refused, _ = found(tmp_path)
    assert names == ["mine"]
    assert [told for told in refused.values() if "File name too long" in told]


def test_more_of_a_huge_file_than_a_submission_may_have_is_never_read(
    tmp_path: Path, submission: bytes
) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.write(submission[:500])
        file.truncate(3 * 1024**3)
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(3 * 1024**3)
    (one, other) = gather([tmp_path])
    assert isinstance(one, Found)
    assert len(one.data) < 9 * 1024 * 1024
    assert isinstance(other, Refused)


def test_archives_within_archives_spend_what_their_archive_may(
    tmp_path: Path, submission: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.classroom.collection.gathering.LARGEST_ARCHIVE_MB", 4)
    whole = submission + b" " * (700_000 - len(submission))
    stored = zipfile.ZIP_STORED
    inner = zipped({"one": whole}, stored)
    (tmp_path / "all.zip").write_bytes(zipped({f"{n}.zip": inner for n in range(6)}, stored))
    (tmp_path / "plain").write_bytes(submission)
    names, refused, _ = found(tmp_path)
    assert names == ["one", "one", "plain"]
    assert set(refused.values()) == {"more than 4 MB come out of it, which no class hands in"}


def test_the_files_of_all_archives_are_counted_together(tmp_path: Path) -> None:
    half = zipped({str(n): b"" for n in range(MOST_ENTRIES // 2 + 1)})
    both = zipped({"1.zip": half, "2.zip": half}, zipfile.ZIP_STORED)
    (tmp_path / "all.zip").write_bytes(both)
    _, refused, _ = found(tmp_path)
    assert refused["2.zip"] == f"it holds more than {MOST_ENTRIES} files"
    assert "1.zip" not in refused


def test_a_submission_counts_by_the_room_that_its_values_take_not_by_its_bytes(
    files: CourseFolder, tmp_path: Path
) -> None:
    given = hand_out(files)
    answers = {given.assignment.excerpt.ids[0]: [[]] * 40_000}
    done = submission_of(given.assignment, ADA, worked(given.assignment, ADA, answers, MADE + DAY))
    path = handed_in(tmp_path, done, given.assignment)
    assert path.stat().st_size < 10_000
    assert open_submission(path.read_bytes(), [given.key]).size > 40_000 * 100

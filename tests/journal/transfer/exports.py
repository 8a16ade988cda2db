"""Journals that are filled, and the files that they are exported to."""

import json

import pytest

from tutor.journal.transfer import TransferError, merge

HEADER = '{"format": "action-potential-tutor-journal", "version": 1}\n'
ID = "1b4e28ba-2fa1-4d1f-a3f5-6a4bfc6ec2e9"
EVENT = {
    "id": ID,
    "device": "laptop",
    "time": "2026-05-01T09:30:00+00:00",
    "kind": "attempt",
    "question_id": "rising.q1",
    "revision": 1,
    "seed": 7,
    "answer": ["b"],
    "data": {"phase": "rising", "marks": 1, "max_marks": 1},
}


def fill(journal, count=5):
    for number in range(count):
        data = {"phase": "rising", "marks": number % 2, "max_marks": 1}
        journal.append("attempt", question_id=f"q{number}", seed=number, answer=[1], data=data)
    journal.append("draft", question_id="q1", answer="\x1b]52;c;Y3VybA==\x07 é \u2028 {}\r\n")
    journal.append("finished")


def all_kept(journal):
    """All events but for their sequences."""
    return sorted(event._replace(sequence=0) for event in journal.events())


def written(file, *events, header=HEADER):
    lines = [event if isinstance(event, str) else json.dumps(event) + "\n" for event in events]
    file.write_text(header + "".join(lines), encoding="utf-8")
    return file


def refusal(journal, file):
    """Return why a file is refused, which must leave the journal and its folder as they were."""
    before, files = all_kept(journal), sorted(journal.path.parent.iterdir())
    with pytest.raises(TransferError) as refused:
        merge(journal, file)
    assert all_kept(journal) == before
    assert sorted(journal.path.parent.iterdir()) == files
    sentence = str(refused.value)
    assert sentence.startswith(f"{file} was not imported, nothing of it: ")
    assert sentence.endswith(".")
    return sentence.removeprefix(f"{file} was not imported, nothing of it: ")

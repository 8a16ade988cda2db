"""Decks for Anki: a package with its pictures, or a CSV file that Anki reads too."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

from tutor.course.csv_tables import quoted
from tutor.course.loader import CourseFolder
from tutor.course.text import one_line
from tutor.exchange.cards import Card
from tutor.journal.store import Journal
from tutor.words import anki as words

#: Never changed, or Anki makes a second note type and loses the reviews; a change of the fields
#: needs a new one. They are named as a card names them.
MODEL_ID = 1_763_805_217
FIELDS = (
    "name",
    "stem",
    "asks",
    "before",
    "answer",
    "decides",
    "after",
    "why",
    "misconceptions",
    "source",
)
#: By these classes MathJax leaves the text alone: nothing in a course is a formula.
FRONT = '<div class="tutor tex2jax_ignore mathjax_ignore">{{stem}}{{asks}}{{before}}</div>'
BACK = """{{FrontSide}}<hr id="answer"><div class="tutor tex2jax_ignore mathjax_ignore">
<div class="answer">{{answer}}</div>{{decides}}{{after}}{{misconceptions}}{{why}}
<p class="source">{{source}}</p></div>"""
#: Pictures are drawn on white; at night they are turned over, and keep their hues.
STYLE = """.card { font: 18px/1.45 system-ui, sans-serif; text-align: left; color: #1c1c1e;
  background: #fff; max-width: 36em; margin: 0 auto; padding: 8px; overflow-wrap: anywhere; }
.card.nightMode, .card.night_mode { color: #e6e6e6; background: #1e1e20; }
.tutor p { margin: .5em 0; }
.tutor img { width: 100%; max-width: 28em; height: auto; display: block; margin: .5em 0; }
.nightMode .tutor img, .night_mode .tutor img { filter: invert(1) hue-rotate(180deg); }
.tutor pre { font: min(14px, 3.2vw)/1.15 monospace; overflow-x: auto; white-space: pre; }
.tutor ul, .tutor ol { padding-left: 1.5em; margin: .5em 0; }
.tutor li { margin: .25em 0; }
.tutor summary { cursor: pointer; padding: .3em 0; }
.answer { font-weight: bold; }
.exactly { font-weight: normal; font-style: italic; }
.wrong { border-left: 4px solid #b02a2a; padding-left: .5em; }
.set-up, .takes, .source { font-size: 80%; opacity: .75; }
"""
#: When front, back or style were changed last, in seconds: Anki takes them over from a later time
#: alone, and so leaves what a learner has changed in them since.
STYLED_AT = 1_795_370_000
#: The same for the type Basic, which has a style of its own.
_STYLED = {
    '<div class="tutor': '<div style="text-align:left" class="tutor',
    '<div class="answer">': '<div style="font-weight:bold">',
    "<pre>": '<pre style="font-size:min(14px,3.2vw);overflow-x:auto">',
}
#: A later stamp than this, of the year 2242, is no stamp.
_LATEST = 2**33
#: The last time that a package was stamped with; Anki takes a note over from a later one alone.
_STAMP = "terminal.anki-stamp"


def next_stamp(journal: Journal) -> int:
    """A time in seconds for what is exported now, later than that of any export before.

    Raises:
        JournalError: it cannot be kept.
    """
    last = journal.settings().get(_STAMP)
    now = int(journal.now().timestamp())
    stamp = max(now, last + 1) if type(last) is int and last < _LATEST else now
    journal.set_setting(_STAMP, stamp)
    return stamp


def writer() -> Any:
    """The package that writes decks, which is an extra.

    Raises:
        ValueError: genanki is not installed.
    """
    try:
        return import_module("genanki")
    except ImportError:
        raise ValueError(words.NEEDS_GENANKI) from None


def package(
    files: CourseFolder, cards: Sequence[Card], pictures: Mapping[str, bytes], stamp: int
) -> bytes:
    """The cards as an .apkg file.

    Args:
        files: The course.
        cards: What is in it.
        pictures: Their pictures, by the names that the cards call them.
        stamp: When they were made, in seconds; see `next_stamp`.

    Raises:
        ValueError: genanki is not installed.
    """
    genanki = writer()
    model = genanki.Model(
        MODEL_ID,
        words.NOTE_TYPE,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": words.NOTE_TYPE, "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    model.to_json = lambda _, deck_id: genanki.Model.to_json(model, STYLED_AT, deck_id)
    deck = genanki.Deck(_deck_id(files), deck_name(files))
    for place, card in enumerate(cards, 1):
        fields = [getattr(card, name) for name in FIELDS]
        deck.add_note(genanki.Note(model, fields, tags=list(card.tags), guid=card.guid, due=place))
    with tempfile.TemporaryDirectory() as folder:
        # genanki's own way of writing leaves this file behind.
        path = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(path)) as database:
            numbers = itertools.count(stamp * 1000)
            genanki.Package(deck).write_to_db(database.cursor(), float(stamp), numbers)
            database.commit()
        collection = path.read_bytes()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", collection)
        archive.writestr("media", json.dumps(dict(enumerate(pictures))))
        for number, data in enumerate(pictures.values()):
            archive.writestr(str(number), data, zipfile.ZIP_STORED)
    return file.getvalue()


def as_csv(files: CourseFolder, cards: Sequence[Card]) -> bytes:
    """The cards as a CSV file for Anki's note type Basic, without pictures."""
    head = (
        "#separator:Comma\n#html:true\n#notetype:Basic\n"
        f"#deck:{deck_name(files)}\n#columns:Guid,Front,Back,Tags\n"
        "#guid column:1\n#tags column:4\n"
    )
    rows = [
        (card.guid, _filled(FRONT, card), _filled(BACK, card), " ".join(card.tags))
        for card in cards
    ]
    return (head + quoted(rows, "\n")).encode()


def _filled(template: str, card: Card) -> str:
    """A side of the card as one field, which is all that the type Basic has for it."""
    side = template.replace('{{FrontSide}}<hr id="answer">', "")
    for name in FIELDS:
        side = side.replace(f"{{{{{name}}}}}", getattr(card, name))
    for plain, styled in _STYLED.items():
        side = side.replace(plain, styled)
    return side


def deck_name(files: CourseFolder) -> str:
    """What the deck is called; two colons would part it."""
    return one_line(files.course.title).replace("::", ":")


def _deck_id(files: CourseFolder) -> int:
    """The same for a course for ever, and another one for another course."""
    digest = hashlib.sha256(files.course.id.encode()).digest()
    return 2**30 + int.from_bytes(digest[:4]) % 2**30

"""Anki itself: a collection that takes decks in, reviews cards and tells what it has."""

from __future__ import annotations

import re
from pathlib import Path

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.import_export_pb2 import ImportResponse
from anki.notes import Note


class Reader:
    """A collection in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.collection = Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.collection.close()

    def take_in(self, file: Path) -> ImportResponse.Log:
        """Import a file as Anki's own dialogue does, left as it opens."""
        if file.suffix == ".csv":
            metadata = self.collection.get_csv_metadata(str(file), None)
            return self.collection.import_csv(
                ImportCsvRequest(path=str(file), metadata=metadata)
            ).log
        request = ImportAnkiPackageRequest(
            package_path=str(file), options=ImportAnkiPackageOptions()
        )
        log = self.collection.import_anki_package(request).log
        self.collection.models._clear_cache()  # As its own window does when it opens again.
        return log

    @property
    def notes(self) -> dict[str, Note]:
        """All notes, by the name on them."""
        found = (self.collection.get_note(id_) for id_ in self.collection.find_notes(""))
        return {note.fields[0]: note for note in found}

    def sides(self, name: str) -> tuple[str, str]:
        """Front and back of the card of a note, as Anki shows them."""
        (card,) = self.notes[name].cards()
        front, back = card.question(), card.answer()
        return front.partition("</style>")[2], re.split('<hr id="?answer"?>', back)[1]

    def review(self, name: str) -> None:
        """Answer its card once with Good."""
        (card,) = self.notes[name].cards()
        card.start_timer()
        states = self.collection._backend.get_scheduling_states(card.id)
        answer = self.collection.sched.build_answer(card=card, states=states, rating=2)
        self.collection.sched.answer_card(answer)

    def reviews(self, name: str) -> tuple[int, int]:
        """How often its card was reviewed, by the card and by the log."""
        (card,) = self.notes[name].cards()
        assert self.collection.db is not None
        logged = self.collection.db.scalar("select count() from revlog where cid = ?", card.id)
        return card.reps, logged

    def media(self) -> dict[str, bytes]:
        """The pictures that it has."""
        folder = Path(self.collection.media.dir())
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def pictures(self, side: str) -> list[str]:
        """The names of the pictures on a side."""
        return re.findall(r'<img src="([^"]+)"', side)

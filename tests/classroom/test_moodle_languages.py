"""Moodle's report of responses, as sites in other languages export it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from classes import IN_A_FILE, Class
from handouts import ADA, BOB
from moodle_quiz import GOES_ON, Quiz, taken, written
from sqlalchemy import update

from tutor.classroom.collection.moodle import MoodleProblem
from tutor.classroom.register.tables import learners

#: Heads of its language packs: those of `Quiz.responses`, then question text, response, right.
HEADS = {
    "de": (
        "Nachname|Vorname|ID-Nummer|E-Mail-Adresse|Status|Begonnen|Beendet|Dauer|Bewertung/10,00",
        "Frage|Antwort|Richtige Antwort",
    ),
    "fr": (
        "Nom de famille|Prénom|Numéro d’identification|Adresse de courriel|État|Commencé le"
        "|Terminé|Temps utilisé|Note/10,00",
        "Question|Réponse|Réponse correcte",
    ),
    "es": (
        "Apellido(s)|Nombre|Número de ID|Dirección de correo|Estado|Comenzado el|Finalizado"
        "|Tiempo requerido|Calificación/10,00",
        "Pregunta|Respuesta|Respuesta correcta",
    ),
    "it": (
        "Cognome|Nome|Codice identificativo|Indirizzo email|Stato|Iniziato|Terminato"
        "|Tempo impiegato|Valutazione/10,00",
        "Domanda|Risposta data|Risposta corretta",
    ),
    "pt": (
        "Apelido|Nome|Número de identificação|Endereço de e-mail|Estado|Iniciada|Terminada"
        "|Tempo gasto|Nota/10,00",
        "Pergunta|Resposta|Resposta correta",
    ),
    "pt_br": (
        "Sobrenome|Nome|Número de identificação|Endereço de email|Estado|Iniciado em|Completo"
        "|Tempo utilizado|Avaliar/10,00",
        "Questão|Resposta|Resposta correta",
    ),
    "nl": (
        "Achternaam|Voornaam|ID-nummer|E-mailadres|Status|Gestart op|Voltooid|Verstreken tijd"
        "|Cijfer/10,00",
        "Vraag|Antwoord|Juist antwoord",
    ),
    # One that is told by its shape alone.
    "pl": (
        "Nazwisko|Imię|Numer|Adres e-mail|Stan|Rozpoczęto|Ukończono|Wykorzystany czas|Ocena/10,00",
        "Pytanie|Odpowiedź|Prawidłowa odpowiedź",
    ),
}


def in_language(name: str, lines: Sequence[Mapping[str, str]], kinds: str) -> list[dict[str, str]]:
    """The report as a site in that language exports it, with these columns for each question."""
    heads, of_question = (one.split("|") for one in HEADS[name])
    called = dict(zip(["Question", "Response", "Right answer"], of_question, strict=True))
    found = []
    for line in lines:
        told = dict(zip(heads, [*line.values()][: len(heads)], strict=True))
        for number in range(1, len(line)):
            if f"Response {number}" not in line:
                break
            cells = {"Right answer": "Always this"} | {
                kind: line[f"{kind} {number}"] for kind in ("Question", "Response")
            }
            for kind in kinds.split(", "):
                told[f"{called[kind]} {number}"] = cells[kind]
        found.append(told)
    return found


@IN_A_FILE
@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize(
    "kinds", ["Question, Response", "Question, Response, Right answer", "Response, Right answer"]
)
def test_a_report_in_any_language_is_read_as_it_comes(
    room: Class, quiz: Quiz, tmp_path: Path, name: str, kinds: str
) -> None:
    with room.register.writing() as connection:
        email = learners.c.id + "@class.example"
        connection.execute(update(learners).values(email=email))
    right = [quiz.right(one) for one in quiz.questions]
    (number,) = (n for n, one in enumerate(quiz.questions) if one.get("type") == "numerical")
    right[number] = right[number].replace(".", ",")
    lines = quiz.responses({ADA: right, BOB: right})
    lines += quiz.responses({BOB: ["-" for _ in right]}, **GOES_ON)
    lines[-1]["Response 1"] = "Nothing that is read"
    path = written(tmp_path / "r.csv", in_language(name, lines, kinds), ";")
    found = taken(room, path)
    assert (found.taken, found.unknown, found.responses.unfinished) == (2, (), 1)
    assert [row.unread for row in found.responses.rows] == [(), ()]
    told = quiz.ids if "Question" in kinds else quiz.ids[:4]
    assert found.responses.questions == tuple(told)
    marks = {id_: row.marks for id_, row in room.attempts(BOB).items()}
    assert marks == {id_: room.given.in_full.marks[id_] for id_ in told}
    if name != "pl":
        assert {row.name for row in found.responses.rows} == {f"{ADA} Learner", f"{BOB} Learner"}


@IN_A_FILE
@pytest.mark.parametrize(
    ("heads", "missing"),
    [
        ("Vorname;Antwort 1", "no column has ID numbers or mail addresses, but there are Vorname"),
        ("E-Mail-Adresse;Frage 1;Richtige Antwort 1", "no column of responses has the number"),
        ("E-Mail-Adresse;Status;Bewertung/10,00", "no column of responses has the number"),
    ],
)
def test_what_a_report_lacks_is_named(
    room: Class, tmp_path: Path, heads: str, missing: str
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"{heads}\na;b;c\n", encoding="utf-8")
    with pytest.raises(MoodleProblem, match=missing):
        taken(room, path)

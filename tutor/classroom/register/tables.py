"""The tables of a register, the same in SQLite and PostgreSQL.

What a learner handed in stays as it came (`submissions.packed`); attempts, their points and the
misconceptions they show are worked out from it and from `overrides`, and can be again. Of each
learner the attempts of one submission are kept, the one that counts, with a row for every
question of the assignment: a question without an answer has one with 0 marks.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A moment, in UTC; SQLite keeps no zone, so it is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is kept."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it was."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: SQLite numbers rows by itself in a column of this very type alone.
_Key = BigInteger().with_variant(Integer(), "sqlite")
tables = MetaData()

#: What becomes of a submission; of each learner one counts at the most.
COUNTS, REPLACED, REFUSED = "counts", "replaced", "refused"

#: One row: the number of the newest migration that this register has.
state = Table("state", tables, Column("version", Integer, nullable=False))

assignments = Table(
    "assignments",
    tables,
    Column("key", _Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("released_at", Moment),
    # When a collection after the deadline first came to its end: what turns up later is noted.
    Column("closed_at", Moment),
    # As handed out, and the questions in full: packed JSON of Assignment and of Excerpt.
    Column("handed_out", LargeBinary, nullable=False),
    Column("in_full", LargeBinary, nullable=False),
    # What its releases are signed with, see `tutor.classroom.genuine`; it leaves the register
    # in no file.
    Column("secret", LargeBinary, nullable=False),
)

questions = Table(
    "questions",
    tables,
    Column("key", _Key, primary_key=True),
    Column("assignment", ForeignKey("assignments.key"), nullable=False),
    Column("id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("max_marks", Double, nullable=False),
    UniqueConstraint("assignment", "id"),
)

#: What each question asks for; one may have several objectives.
objectives = Table(
    "objectives",
    tables,
    Column("question", ForeignKey("questions.key"), primary_key=True),
    Column("objective", Text, primary_key=True),
)

learners = Table(
    "learners",
    tables,
    Column("key", _Key, primary_key=True),
    Column("assignment", ForeignKey("assignments.key"), nullable=False),
    # As `tutor.classroom.assignment.same_id` compares it, and as it is written.
    Column("learner", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False, default=""),
    # The name that lists are in the order of, where the roster has it apart.
    Column("family", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, default=""),
    Column("team", Text, nullable=False, default=""),
    Column("extra", Double, nullable=False, default=0.0),
    Column("due_at", Moment),
    # Whether the roster names them; others appear with their submission where anyone may hand in.
    Column("enrolled", Boolean, nullable=False, default=True),
    UniqueConstraint("assignment", "learner"),
)

submissions = Table(
    "submissions",
    tables,
    Column("key", _Key, primary_key=True),
    Column("assignment", ForeignKey("assignments.key"), nullable=False),
    Column("learner", ForeignKey("learners.key"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("handed_at", Moment, nullable=False),
    Column("collected_at", Moment, nullable=False),
    Column("file", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("learner_key", Text, nullable=False),
    # COUNTS, REPLACED or REFUSED.
    Column("state", Text, nullable=False),
    # How many questions it answers.
    Column("answered", Integer, nullable=False, default=0),
    # Of one that counts, the one from another machine that the tutor may choose in its place.
    Column("against", ForeignKey("submissions.key")),
    Column("late", Boolean, nullable=False),
    # What late work keeps of its marks, 0 to 1.
    Column("share", Double, nullable=False, default=1.0),
    # Marks before that share, overrides in them; of one that counts alone.
    Column("marks", Double),
    Column("max_marks", Double),
    # Sentences for the tutor, one a line.
    Column("notes", Text, nullable=False, default=""),
    Column("packed", LargeBinary, nullable=False),
    UniqueConstraint("assignment", "digest"),
    Index("submissions_of_learner", "learner"),
)

attempts = Table(
    "attempts",
    tables,
    Column("key", _Key, primary_key=True),
    Column("assignment", ForeignKey("assignments.key"), nullable=False),
    Column("question", ForeignKey("questions.key"), nullable=False),
    Column("submission", ForeignKey("submissions.key"), nullable=False),
    Column("learner", ForeignKey("learners.key"), nullable=False),
    # What counts, and what the marking gave where a tutor has overridden it.
    Column("marks", Double, nullable=False),
    Column("marked", Double, nullable=False),
    # Marks in all other questions, which statistics hold these against; null without some of them.
    Column("rest", Double),
    # The answer as JSON; null where there was none, or none that could be read.
    Column("answer", Text),
    # The numbers that this learner's variant drew, as JSON; empty where it draws none.
    Column("variant", Text, nullable=False, default=""),
    Column("certainty", SmallInteger),
    Column("seconds", Integer),
    Column("feedback", Text, nullable=False, default=""),
    UniqueConstraint("submission", "question"),
    Index("attempts_of_assignment", "assignment", "question"),
    Index("attempts_by_rest", "question", "rest"),
)

#: What became of each mark point of an attempt.
points = Table(
    "points",
    tables,
    Column("attempt", ForeignKey("attempts.key", ondelete="CASCADE"), primary_key=True),
    Column("point", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("marks", Double, nullable=False),
    Column("evidence", Text, nullable=False, default=""),
)

#: Misconceptions that an attempt shows.
shown = Table(
    "shown",
    tables,
    Column("attempt", ForeignKey("attempts.key", ondelete="CASCADE"), primary_key=True),
    Column("misconception", Text, primary_key=True),
)

#: Marks that a tutor gave in place of the marking's; of several for an answer the newest holds.
overrides = Table(
    "overrides",
    tables,
    Column("key", _Key, primary_key=True),
    Column("learner", ForeignKey("learners.key"), nullable=False),
    Column("question", ForeignKey("questions.key"), nullable=False),
    # The answer that they are for, and the numbers it was given to, as in the attempt.
    Column("answer", Text),
    Column("variant", Text, nullable=False),
    # The mark point that they are for; null where they are for the whole answer.
    Column("point", Text),
    # Null where those that were given before are taken back.
    Column("marks", Double),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("overrides_of_learner", "learner", "question"),
)

#: Which of a learner's submissions a tutor chose; of several choices the newest holds.
choices = Table(
    "choices",
    tables,
    Column("key", _Key, primary_key=True),
    Column("learner", ForeignKey("learners.key"), nullable=False),
    Column("submission", ForeignKey("submissions.key"), nullable=False),
    # The newest that was kept then: the choice is among those up to it.
    Column("newest", ForeignKey("submissions.key"), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("choices_of_learner", "learner"),
)

#: Files that could not be taken in, each once, with the reason.
set_aside = Table(
    "set_aside",
    tables,
    Column("key", _Key, primary_key=True),
    Column("assignment", ForeignKey("assignments.key")),
    Column("file", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

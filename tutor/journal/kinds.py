"""Kinds of event that sessions write, and the modes of an attempt."""

from __future__ import annotations

ATTEMPT = "attempt"
#: The key was shown without an attempt; it counts as a wrong one.
SHOWN = "answer-shown"
#: An attempt, or an answer shown, counts for nothing: data {of}, the id of its event.
UNDO = "undo"
POSITION = "position"
FINISHED = "finished"
#: The learner holds to have made a mark point that the verdict does not give.
CLAIM = "claim"
#: What has been answered so far, of a question that is still open.
DRAFT = "draft"
#: The learner marked a question to come back to, or took the mark away: data {on}.
FLAG = "flag"
#: A question is left out of review, or no longer: data {on}.
SUSPEND = "suspend"
#: A quiz was begun: data {quiz, title, ids, seed, mode}; where it stands; its end.
QUIZ = "quiz"
QUIZ_POSITION = "quiz-position"
QUIZ_END = "quiz-end"
#: An exam was begun: data {exam, blueprint, title, seed, minutes, extra, ids}.
EXAM = "exam"
#: An answer of an exam, not marked yet; a question was looked at: data {exam}.
EXAM_ANSWER = "exam-answer"
EXAM_VISIT = "exam-visit"
#: It was handed in, or its time was up: data {exam, reason}.
EXAM_HANDED_IN = "exam-handed-in"
#: The hint of an exam's question was shown, where hints are allowed: data {exam}.
EXAM_HINT = "exam-hint"
#: Work on an assignment was begun: data {assignment, learner} and those of an exam where it is
#: graded, of a quiz where it is practice. So no exam or quiz of the course is mistaken for it.
ASSIGNMENT = "assignment"
#: It was handed in: data {assignment, number, receipt, digest}, the digest that of the file.
SUBMITTED = "submitted"
#: The keys of an assignment were opened: data {assignment}.
RELEASE = "release-opened"

#: Modes of an attempt; absent means a lesson. (An exam's is "exam", a quiz's "quiz".)
LESSON = "lesson"
REVIEW = "review"
#: Modes that mix questions, so that nothing but the question calls up its answer.
MIXED = frozenset({"quiz", REVIEW, "exam"})

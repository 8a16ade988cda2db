"""Timed exams: blueprints, the exam while it runs, its report."""

# What is wrong with a blueprint: begins with a small letter and has no full stop. {known} begins
# with a semicolon, or is empty.
UNKNOWN = "there is no exam {name!r}{known}; the path of a file ends in .yaml"
UNKNOWN_PART = "there is no {what} {name!r}{known}"
NO_SECTION = "a paper needs a section; add one with a title and how many questions it has"
NO_AMOUNT = "say how many `questions` the section has, or how many `marks`, or both"

# The course has not what a section asks for; {others} is TAKEN_BY_OTHERS or empty.
TOO_FEW_QUESTIONS = (
    "the section {section!r} asks for {asked} questions and the course has {has}{others}: ask for "
    "fewer, or let it take more kinds or phases"
)
TOO_FEW_MARKS = (
    "the section {section!r} asks for {asked} marks and the course has {has}{others}: ask for "
    "fewer marks, or let it take more kinds or phases"
)
TAKEN_BY_OTHERS = " that no other section takes"
NO_SUCH_SUM = (
    "the section {section!r} asks for {asked} marks, and its questions make {has} but not "
    "{asked}: ask for {has}"
)
NO_SUCH_SUM_BELOW = (
    "the section {section!r} asks for more questions than {asked} marks can have: ask for more "
    "marks"
)

# While it runs. The time that is left: as short as this.
MINUTES_LEFT = "{minutes} min left"
LAST_MINUTES_LEFT = "{minutes} min {seconds} s left"
SECONDS_LEFT = "{seconds} s left"
ANSWERED = "{answered} of {count} answered"
# What cannot be done: begins with a small letter and has no full stop.
TIME_IS_UP = "time is up: what stood is handed in"
AFTERWARDS = "in an exam hints and answers come afterwards"
NO_SUCH_QUESTION = "the questions have the numbers from 1 to {count}"
QUESTIONS_GONE = "the course has none of the questions of this exam any more"
STILL_RUNNING = "the clock of another exam is running, {title}: go on with it or hand it in first"

# An exam whose clock is running; {left} is such as "12 min left".
GOES_ON = "Your exam goes on: {title}, {left}."
# Another paper was asked for.
OTHER_GOES_ON = "That paper has to wait. The clock of {title} is running; it goes on, {left}."

# Before it begins.
EXAMS = "Exams, and those you have sat"
# {name} is what is typed to open it.
BLUEPRINT = "{title}, {minutes} min ({name})"
# {questions}: QUESTIONS; {extra}: WITH_EXTRA or nothing.
PAPER_SIZE = "{questions}, {marks} marks, {time}{extra}."
QUESTIONS = ("{count} question", "{count} questions")
WITH_EXTRA = ", with {extra:g} % extra time"
SECTION = "{title} ({count})"
SEED = "Seed {seed}: it draws the same paper again, for anyone."

# Stretches of time.
SECONDS = "{seconds} s"
MINUTES = "{minutes} min"
MINUTES_SECONDS = "{minutes} min {seconds} s"

# The report.
RESULT = "Result"
BY_SECTION = "By section"
BY_KIND = "By kind of question"
BY_OBJECTIVE = "By objective, the weakest first"
CHANGES = "Changed answers"
SURENESS = "How sure you were"
QUESTION_BY_QUESTION = "Question by question"
MARKS_IN_ALL = "{marks} of {full} marks, {share:.0%}."
# What a tutor made of it; {given} lists GIVEN.
OTHER_MARKS = "Your tutor gave other marks: {given}."
GIVEN = "{id} {marks} of {full}"
TUTORS_MARKS = "your tutor's marks"
LATE_KEEPS = "It came late and keeps {share:.0%} of its marks: {score:g}."
ENDED = "Ended after {used} of {allowed}."
TIME_RAN_OUT = "Time ran out after {allowed}; what stood then counts."
# Which paper it was: {extra} is WITH_EXTRA or nothing.
PAPER = "Begun {date}: {blueprint}, seed {seed}{extra}."
LEFT_UNANSWERED = (
    "{count} question was left unanswered.",
    "{count} questions were left unanswered.",
)
ROW = "{marks}/{full} ({share:.0%}) {name}"
CHANGES_IN_ALL = "From right to wrong: {worse}. From wrong to right: {better}. Otherwise: {other}."
BY_CERTAINTY = "By certainty: {earned:+g} of {most:g} at most."
# {sure}: SURE.
AT_CERTAINTY = "{sure}: {count}, of these {share:.0%} right"
SURE = {1: "a guess", 2: "fairly sure", 3: "certain"}
# A question in a line; {stem}: STEM or nothing; {notes}: NOTE for each remark, or nothing.
QUESTION_LINE = "{number}. {id}{stem}: {marks}/{full}, {time}{notes}"
# {words}: the first ones of the question.
STEM = " ({words})"
NOTE = ", {note}"
NOT_ANSWERED = "no answer"
CHANGED_WORSE = "changed from right to wrong"
CHANGED_BETTER = "changed from wrong to right"
CHANGED = "changed"
WAS_FLAGGED = "flagged"
# When an exam was begun.
WHEN = "%Y-%m-%d %H:%M"
# An exam that has ended.
PAST = "{date}  {title}: {marks}/{full}, {share:.0%}"
KINDS = {
    "single": "Single best answer",
    "multi": "Several answers",
    "ordering": "Ordering",
    "matching": "Matching",
    "numeric": "Number",
    "calculation": "Calculation",
    "text": "Written answer",
    "point": "Point on a trace",
    "interval": "Stretch of a trace",
    "experiment": "Experiment with knobs",
}

# Before it is handed in: one of the first two, the third where it holds, then the last.
STILL_OPEN = ("{count} question is unanswered.", "{count} questions are unanswered.")
ALL_ANSWERED = "Every question is answered."
STILL_FLAGGED = ("{count} is flagged.", "{count} are flagged.")
HAND_IN_NOW = "Hand in now, with {left}?"
# {error} begins with a small letter and has no full stop.
CANNOT_DRAW = "This paper cannot be drawn: {error}."
REFUSED = "Not now: {error}."
NO_SEED = "A seed is a whole number from 0 to {largest}."
# Whether a question was answered rightly, in a list.
RIGHT = "+"
WRONG = "-"

# A question of the exam: what it is worth, and how it stands.
WORTH = ("{marks} mark", "{marks} marks")
HAS_ANSWER = "answered"
HAS_NONE = "open"

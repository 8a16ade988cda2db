"""Progress: mastery, forecast, certainty, wrong ideas, time, days, exams."""

from tutor.words.lesson_screen import CERTAIN

NEXT = "Next: {what}"
# What to do next; no full stop at the end.
REVIEW_ONE = "review the question that is due ({minutes} min)"
REVIEW = "review the {count} questions that are due ({minutes} min)"
# {objective} is a sentence or a part of one.
QUIZ = "a quiz on your weakest objective ({minutes} min): {objective}"
NOTHING = "nothing: all is done for now"
# What is typed at a shell for it; {target} is an id.
COMMANDS = {
    "review": "tutor review",
    "quiz": "tutor quiz {target}",
    "phase": "tutor learn {target}",
    "nothing": "tutor",
}
IN_ALL = (
    "{answered} of {questions} questions answered, {mastered} of {objectives} objectives mastered."
)
GONE = (
    "{count} question that you answered is no longer in the course; it counts for time and "
    "certainty alone.",
    "{count} questions that you answered are no longer in the course; they count for time and "
    "certainty alone.",
)

# The forecast. {date} is the exam's, {day} the one that is looked at.
FORECAST = "Forecast"
AHEAD = ("Exam tomorrow, {date}.", "Exam on {date}, in {days} days.")
EXAM_TODAY = "The exam is today."
PAST = (
    "The exam date, {date}, is past: set the next one in the settings. Until then this looks 30 "
    "days ahead, to {day}."
)
NO_EXAM = "No exam date is set, so this looks 30 days ahead, to {day}."
FAR = "Exam on {date}; this looks two years ahead, to {day}."
RECALL = "Chance that a question of the course is right then:"
RECALL_NOW = "Chance that a question of the course is right now:"
AS_PLANNED = ("if you do the one review until then", "if you do the {count} reviews until then")
UNREVIEWED = "if you review nothing more"
FORECAST_LEARNT = (
    "Held against your last review.",
    "Held against your last {count} reviews.",
)
FORECAST_UNLEARNT = "Your own reviews will make it more exact."
NOTHING_ANSWERED = "Nothing is answered yet, so there is nothing to foresee."

# The map of mastery; the first three are heads of narrow columns.
NOW = "now"
THEN = "then"
MASTERY = "Mastery"
MASTERY_COLUMNS = (
    "now: what you remember of all its questions; then: chance on {day} if you review what is due"
)
# {mastered} and {wrong} are signs.
MASTERY_SIGNS = "{mastered} mastered, {wrong} something was wrong last time"
NO_CHANCE = "-"
# How an objective gets mastered.
MASTERY_RULE = (
    "Mastered is what you remember well, with nothing wrong, after a right answer among mixed "
    "questions (quiz, review, exam) a day or more after you last met it."
)
PHASE = "{title} ({mastered}/{objectives} mastered, {answered}/{questions} answered)"
PHASE_NEW = "{title} (new, {questions} questions)"

# How sure against how right.
SURENESS = "How sure, how right"
SURENESS_NONE = (
    "You have not said how sure you are of an answer yet; the settings let you be asked."
)
SHARE_RIGHT = "right"
HOW_SURE = "sure"
YOU = "you"
IDEAL = "as right as sure"
# The strip under the curve: for which chance each certainty pays best. As short as these.
BANDS = {1: "guess", 2: "fairly", 3: "certain"}
SURE_LINE = (
    "{sure}: {count} answer, {share:.0%} right; {reading}",
    "{sure}: {count} answers, {share:.0%} right; {reading}",
)
SURE_NEVER = "{sure}: no answer"
SURE = {1: "A guess", 2: "Fairly sure", 3: CERTAIN}
READINGS = {
    "too sure": "less often than that says",
    "not sure enough": "more often than that says",
    "fits": "that fits",
}
# For which chance to be right each certainty earns most.
PAYS = "A guess pays below {low:.0%}, fairly sure up to {high:.0%}, certain above."

# Wrong ideas. {name} is such as: The pump ends the spike.
IDEAS = "Wrong ideas"
NO_IDEAS = "None has shown itself so far."
NONE_HELD = "None is held at present."
HELD = "{name} ({id})"
SHOWN_IN = ("Shown once:", "Shown {count} times:")
# A question with a date.
SHOWN_WHERE = "{question} ({date})"
REFUTED = "A run has refuted it; no right answer since."
NOT_REFUTED = "No run has refuted it yet; no right answer since."
RIGHT_IS = "Right: {right}"
CLEARED = "Cleared: {name} ({id}), on {date} by {question}"
MORE_CLEARED = ("{count} more was cleared before.", "{count} more were cleared before.")

# Time.
TIME = "Time"
NO_ANSWER = "No answer so far."
TIME_IN_ALL = "In all {time}: {answers} answered, {right} of them right."
# Above the weeks.
WEEKS = "The last weeks, each by its Monday:"
WEEK_DONE = ("{time}, {count} answer", "{time}, {count} answers")
NO_TIME = "time not known"
HOURS_MINUTES = "{hours} h {minutes} min"
MINUTES_ONLY = "{minutes} min"
SECONDS_ONLY = "{seconds} s"
NO_WEEKS = "Nothing in the last 12 weeks."

# The days.
DAYS = "Days"
DAYS_LEGEND = "answers a day:"
LEVELS = ("none", "1-4", "5-14", "15-29", "30 or more")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)

# Exams.
EXAMS = "Exams"
# Its marks would take too long to find.
EXAM_UNREAD = "{date}  {title}: see its report"
NO_EXAMS = "No exam was handed in so far."

# The page as a file.
PAGE = "Progress: {course}"
MADE = "{course}, {date}"
OBJECTIVE = "Objective"
ANSWERED = "Answered"
MASTERED = "mastered"
LAST_WRONG = "wrong last time"
WRITTEN = "Written: {file}"

# The screen and the lines of text.
READING = "One moment ..."
HELP = (
    "Where you stand. Arrows and page keys scroll; n and p go from part to part. Nothing here "
    "changes anything."
)
NEXT_PART = "Next part"
NEXT_PART_TIP = "the next part"
LAST_PART = "Part before"
LAST_PART_TIP = "the part before"
BACK_TIP = "back"
FAILED = "This could not be read: {error}."
PLAIN_KEYS = "1-{count} shows a part, a all of them; Enter goes back, q quits:"

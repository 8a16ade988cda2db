"""A tutor's register on the screen: assignments, what became of one, marks of one's own."""

from tutor.words.common import REGISTER as REGISTER
from tutor.words.lab_screen import DELETE as DELETE

READING = "Reading the register ..."
REGISTER_HELP = (
    "Your assignments, what is due first at the top. Enter opens the report of the one that is "
    "marked; c takes in what was handed in for any of them; r calls it otherwise, d deletes it."
)
EMPTY = "Nothing has been assigned yet. {assign} makes an assignment; then it stands here."
ASSIGN = "tutor assign MODULE --for roster.csv --due friday"
# {handed}: HANDED or HANDED_OF; {released} is RELEASED or nothing.
LISTED = "{title}, due {due}: {handed}{released}"
HANDED_OF = "{handed_in} of {learners} handed in, {late} late"
HANDED = "{handed_in} handed in, {late} late"
RELEASED = ", released"
DAY = "%a %d %b %Y %H:%M"

# Keeping it in order.
RENAME = "Rename"
RENAME_TIP = "call the assignment that is marked otherwise"
WHICH_TITLE = "What is it to be called? The files that you have handed out keep the old title."
DELETE_TIP = "delete the assignment that is marked with all that it has; asks twice"
DELETE_SURE = "{goes} Delete it?"

# Collecting.
COLLECT = "Collect"
COLLECT_TIP = "take in a folder, an archive or a file"
WHICH_PLACE = "Which folder, ZIP or file?"
COLLECTING = "Taking in {place} ..."
NO_SUCH_PLACE = "There is nothing at {place}."
NO_KEY = "There is no key here that opens submissions: {command} makes one, or puts a copy back."
KEY_COMMAND = "tutor register key"
# {files}: FILES; {learners} counts learners, apart from their files.
TAKEN_IN = "Taken in from {learners}: {files} ({new} new). Set aside: {aside}. Late: {late}."
FILES = ("{count} file", "{count} files")
# Before TAKEN_IN.
RESTING = (
    "Marks that you or others gave {count} learner rest, as another answer counts now: see the "
    "learner's page.",
    "Marks that you or others gave {count} learners rest, as another answer counts now: see the "
    "learners' pages.",
)
CONTESTS = (
    "Two machines handed in under {count} id: its report says how to choose.",
    "Two machines handed in under {count} ids: their reports say how to choose.",
)
NOTHING_TAKEN_IN = "No submission was found; {aside} files set aside."

# A report.
REPORT_HELP = (
    "Digits choose a part of the report, and n and p go from one to the next. Among the questions "
    "Enter opens the one that is marked, with what was answered to it."
)
# A part in the line of all parts, by the digit that shows it.
TAB = "{digit} {title}"
SET_ASIDE = "Set aside"
NO_SET_ASIDE = "No file was set aside."
SET_ASIDE_LEGEND = (
    "Files that could not be taken in, of this assignment or of none that can be told (n = {n}):"
)
FILE_ASIDE = "{file}: {reason}"
OPEN_TIP = "the question that is marked"

# Files.
HTML = "HTML"
HTML_TIP = "write the report for a browser"
HTML_FILE = "report.html"
WHICH_HTML = "Into which file? It should end in .html."
GRADES = "Grades"
GRADES_TIP = "write the gradebook, for Moodle or a spreadsheet"
GRADES_FILE = "gradebook.csv"
WHICH_GRADES = "Into which file? It should end in .csv."
RELEASE = "Release"
RELEASE_TIP = "write the file that gives learners keys and feedback"
WHICH_RELEASE = "Into which file? Learners open it with {open}."
OPEN_COMMAND = "tutor open"
# {reason}: a sentence.
EARLY_SURE = "{reason} Release all the same?"
RELEASE_FILE = "keys.release"
# {problem} begins with a small letter and has no full stop.
PROBLEM = "{problem}."

# A question.
ITEM_TITLE = "{title}, question {number} of {count}"
ITEM_HELP = (
    "What was answered to a question. n and p go to the next question and the one before; o gives "
    "other marks to answers that are alike, and takes back what was given."
)
NEXT_QUESTION = "Next question"
NEXT_QUESTION_TIP = "the question after"
OVERRIDE = "Marks"
OVERRIDE_TIP = "give other marks to answers that are alike"
WHICH_ANSWERS = "Other marks for which answers?"
NOTHING_TO_OVERRIDE = (
    "Every answer here has full marks; tutor register override gives a learner's other ones."
)
# A group of answers that are alike, and what became of it.
GROUP_OF_POINT = "{state}, to count as {other}: {point}"
# Answers that a tutor gave marks for; {marks} is their mean.
GROUP_GIVEN = "marks given ({marks:.4g}): {text}"
GROUP_SIZE = "n = {n}"
WHICH_MARKS = "Marks for each of these {n}, from 0 to {most:g}:"
#: What is typed in place of marks to take back those that were given.
TAKE_BACK = "w"
WHICH_MARKS_NOW = (
    "Marks for each of these {n}, from 0 to {most:g}, or {key} to take back what was given:"
)
WHY = "Why? Your reason is kept with the marks."
NO_MARKS = "Marks are a number from 0 to {most:g}."
NOTHING_CHANGED = "These answers have those marks already, so nothing was changed."
OVERRIDDEN = "Marks given: n = {n}."
TAKEN_BACK = "Marks taken back: n = {n}."

"""The report on a class: what to reteach, who has handed in, and how each question did.

Every number has the number of learners or answers beside it, as n.
"""

from tutor.words.exam import QUESTION_BY_QUESTION
from tutor.words.lesson_screen import COMMIT as AN_ANSWER
from tutor.words.progress import TIME as TIME_HEAD
from tutor.words.progress import WRITTEN as WRITTEN
from tutor.words.verdict import RIGHT

TITLE = "Report: {title}"
# {due} and {at} are days with their time.
MADE = "Due {due}; report of {at}."
RELEASED = "Keys and feedback were released on {day}."
# Days with their time, in the format of strftime.
WHEN = "%a %d %b %Y, %H:%M %Z"

CONTESTS = "Two machines under one id"

# What to reteach.
RETEACH = "What to reteach"
NOTHING_IN = "Nothing has been handed in, so there is nothing to tell yet."
SMALL = (
    "Only {n} learner has handed in, which says little about the class. Counts are given as "
    "counts; statistics of questions, percentages and histograms need {fewest}.",
    "Only {n} learners have handed in, which says little about the class. Counts are given as "
    "counts; statistics of questions, percentages and histograms need {fewest}.",
)
WEAKEST = "{text}: {facility:.0%} of the marks (n = {learners}, {questions})."
# Where they are too few for a share of the marks.
WEAKEST_OF_FEW = "{text} (n = {learners}, {questions})."
LEARNERS = ("{n} learner", "{n} learners")
QUESTION_LIST = ("question {numbers}", "questions {numbers}")
HELD = "“{name}” was shown by {shown} of {learners}{share}. Right is: {right}"
HELD_SHARE = " ({rate:.0%})"
NO_IDEAS = "No wrong idea that the questions know of was shown (n = {n})."

# Who has handed in.
HANDED_IN = "Handed in"
IN_OF = "{n} of {learners} handed in; {late} of them late."
FROM_MOODLE = "{count} of them in Moodle."
MISSING = "Not handed in (n = {n}):"
LATE = "Late (n = {n}):"
EXTENDED = "With longer time (n = {n}):"
NOTED = "Notes on what was handed in (n = {n}):"
NOT_ON_LIST = "Not on the list of learners (n = {n}):"
PERSON = "{name} ({id})"
LATE_REFUSED = "{who}, whose late work was refused"
LATE_KEEPS = "{who}, keeps {share:.0%} of the marks"
EXTENSION = "{who}, until {due}"
EXTRA_TIME = "{who}, {extra:g} % extra time"
NOTE = "{who}: {note}"

# Marks.
MARKS = "Marks of the class"
SHARE_HEAD = "Share of the marks"
SPREAD = "Mean {mean:.1f}, median {median:.1f} of {most:g} marks (n = {n})."
DEVIATION = "Standard deviation {deviation:.1f} marks (n = {n})."
ALPHA = "Cronbach's alpha {alpha:.2f} (n = {n}): how far the questions measure one thing."
NO_ALPHA = "Cronbach's alpha is left out (n = {n})."
TENTHS = "Learners by their share of the marks (n = {n})"
LEARNERS_HEAD = "Learners"
TENTH = "{low}-{high} %"

# Questions.
ITEMS = "Questions"
FACILITY = "Facility"
ITEM_HEADS = ("No.", "n", FACILITY, "Discr.", "Effic.", "Weight", TIME_HEAD, "Question")
ITEM_LEGEND = (
    "Facility: mean share of the marks. Discrimination: whether those who do well in the other "
    "questions do well in this one, from -100 to 100 (a correlation); below 20 look at it, below "
    "0 its key may be wrong. Efficiency: discrimination in percent of the highest that these "
    "marks allow. Weight: its share in what tells learners apart. Time: median seconds. A dash: "
    "fewer than {fewest} learners, or it cannot be worked out, as where all have the same marks."
)
ITEM_COMPARED = "Of question {number}, {compared} learners were asked everything."
NONE = "-"

# Wrong ideas by objective.
IDEAS = "Wrong ideas by objective"
IDEA_LEGEND = "Of those who were asked what may show it, the share that showed it."
IDEA_HEADS = ("Share", "Shown", "n", "Wrong idea")
OBJECTIVE = "{text} ({facility:.0%} of the marks, n = {n})"
OBJECTIVE_OF_FEW = "{text} (n = {n})"
WITHOUT_IDEAS = (
    "No wrong idea was shown at {count} other objective (n = {n}).",
    "No wrong idea was shown at {count} other objectives (n = {n}).",
)

# How sure.
SURENESS_NONE = (
    "Nobody said how sure they were (n = 0); what is handed out with --certainty asks everyone."
)
SURE_HEADS = ("Sure", "n", RIGHT, "95 % interval", "Reading")
SURE = {1: "a guess", 2: "fairly", 3: "certain"}

# Who may need help.
RISKS = "Who may need help"
RISK_RULE = (
    "Named here is who has handed in nothing that counts and is past their deadline, who has less "
    "than {low:.0%} of the marks, and who was wrong in half or more of the answers that they were "
    "certain of, {sure} at least. It tells what was counted, not why: ask them."
)
NO_RISKS = "Nobody (n = {n})."
RISK_REASONS = {
    "nothing": "handed in nothing",
    "refused": "late work refused",
    "low": "{marks:g} of {most:g} marks",
    "sure": "wrong in {count} of {certain} answers while certain",
}

# Each question.
EACH = QUESTION_BY_QUESTION
ITEM_TITLE = "{number}. {id} ({kind}, {marks})"
MARKS_OF = ("{marks:g} mark", "{marks:g} marks")
ASKED = "n = {n}; left open by {left_open}."
OVERRIDDEN = (
    "The tutor gave other marks for {count} answer.",
    "The tutor gave other marks for {count} answers.",
)
TIME = "Time: median {median:.0f} s, half of them {lower:.0f} to {upper:.0f} s (n = {n})."
OPTIONS = "Options chosen"
OPTION_HEADS = ("", "n", "All", "Upper", "Lower", "Option")
KEY = "key"
SHOWS = "{option} [{idea}]"
ANSWERS = "Answers without full marks"
ANSWER_HEADS = ("n", "Mean marks", AN_ANSWER)
# What the marking says to an answer stands behind it.
ANSWER = "{text} ({feedback})"
WITH_NUMBERS = "{text} (numbers drawn: {numbers})"
LEFT_OPEN_BY = "left open by {learner}"
ANSWER_OVERRIDDEN = "{text} [marks given by the tutor: {count}]"
MORE_HERE = "... and {count} more"
MORE_ANSWERS = "... and {count} more; --html shows all."
VARIANTS = "By the numbers drawn, where ten learners or more had them"
VARIANT_HEADS = ("Numbers drawn", "n", FACILITY)
POINT = "{text} ({marks}): met {met}, missed {missed}, contradicted {contradicted} (n = {n})"
POINT_STATES = {"met": "Met", "missed": "Missed", "contradicted": "Contradicted"}
STATE_GROUP = "{state} (n = {n} answers):"
WRITTEN_ANSWER = "{count} x {text} ({learners})"
ONE_WRITTEN = "{text} ({learners})"
OTHERS = "{learners} and {count} more"
TO_CHANGE = {
    "met": "To count it as {state} in all of these (for one: an id in place of all):",
    "missed": "To count it as {state} in all of these (or in one: its id in place of all):",
    "contradicted": "To count it as {state} in the first of these, or in another by its id:",
}
WHY = "'...'"

# The last line where not all is printed.
ALL_SHOWS = (
    "There is more: --all prints all of it, with every question; --html FILE writes it as a page."
)

# The page.
CONTENTS = "Parts of the report"
ALL_MORE = "{count} more"

# What the commands say.
GRADEBOOK_WRITTEN = (
    "{file}: {count} line. In Moodle: Grades, Import, CSV file; map email to Email address (or id "
    "to ID number) and score to a grade item that is there already. An empty score is no grade.",
    "{file}: {count} lines. In Moodle: Grades, Import, CSV file; map email to Email address (or "
    "id to ID number) and score to a grade item that is there already. An empty score is no "
    "grade.",
)
OVER_A_HUNDRED = (
    "Moodle takes no more than 100 for a score unless its administrator lets it: the most here is "
    "{most:g}."
)
# Begin with a small letter and have no full stop.
NO_ASSIGNMENT = "there is no assignment in this register yet; make one with tutor assign"
WRONG_ENDING = "{file} should end in {ending}"
ONE_FORM = (
    "--json, --learner and --missing print: give one of them alone, or write files with --html, "
    "--csv and --gradebook"
)

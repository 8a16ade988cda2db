"""Lists of questions and statements for other programs, and what the commands on them say."""

# In a list, beside a question.
ANSWER_IN = "Answer in {unit}; type the number alone."
ORDER_BY_PLACES = "Give each place its item: 1 is the first."
# Above parts of the notes for whoever marks a written answer.
MODEL_ANSWER = "Model answer:"
MARKS = "Marks in all:"
WRONG_ANSWER = "Gets nothing:"
POINT = ("{marks} mark:", "{marks} marks:")
ACCEPT = "Accept:"
REJECT = "Reject:"
IGNORE = "Ignore:"
REQUIRED_WORD = "Needs the word:"
EXACTLY = "Exactly:"
DECIDES = "It decides:"

# Names of the formats in sentences.
FORMATS = {"moodle": "Moodle XML", "gift": "GIFT", "csv": "CSV"}

# What `tutor export` says.
WRITTEN = ("Wrote {count} question to {file}.", "Wrote {count} questions to {file}.")
NOTHING_FITS = "{format} holds none of these questions; nothing was written."
NOT_IN_IT = "Not in it, as {format} has no {kind} questions:"
ALL_LOSE = "In none of them:"
LOSES = "In it without {what}:"
EACH = "each of them"
AS_SOMETHING = "In it with {what}:"
# What is lost of all questions; they are joined with commas.
OF_ALL = "runs, proofs and knobs, how sure the learner is, and which answer shows which wrong idea"
# What is lost of some, or kept in another way, by the name of the loss.
LOSSES = {
    "draws": "new numbers at each attempt (they are fixed)",
    "marks": "its marks (a list of this format holds none)",
    "hint": "its hint",
    "fixed_order": "the order of its options",
    "order_credit": "its own credit for a part of the order",
    "all_or_nothing": "its all-or-nothing credit (a part of the answer gets a part of the marks)",
    "extra_marks": "marks apart for unit and method (they stand in the marks of the number)",
    "scheme_rules": "rules of its mark scheme: order, the most points, what it needs or ignores",
}
CHANGES = {
    "order_type": "its order as the type ordering (in Moodle from 4.4 on, before as a plug-in)",
    "order_as_match": "its order as places to match",
    "scheme_told": "its mark scheme in the feedback, which learners read after the attempt",
}
STATEMENTS = ("Wrote {count} statement to {file}.", "Wrote {count} statements to {file}.")
NO_ATTEMPTS = "There is nothing to export: no question has been answered."
# Begin with a small letter and have no full stop.
WRONG_ENDING = "{file} should end in {endings}"
NO_ADDRESS = "{address!r} is no mail address"

# What a statement says of its verb and its program.
ANSWERED = "answered"

# What `tutor import` says.
TAKEN_IN = (
    "Wrote {count} question to {file}, and named it in course.yaml.",
    "Wrote {count} questions to {file}, and named it in course.yaml.",
)
THEY_NEED = (
    "Each needs what no list holds: a scenario with its setup, a proof (or its source, under "
    "`sourced`) and the number that decides. Until then the other phases can be learnt and "
    "handed out with tutor assign, but nothing works that mixes the whole course, such as a quiz, "
    "a review or an exam."
)
NEXT = "Next: tutor check {file}"
NOTHING_READ = "There is no question in {file} that can be taken in."
LEFT = "Left out or changed:"
AND_MORE = "... and {count} more; each stands in the file above its question, if that was taken in"

# What is left of a question: each begins with a small letter and has no full stop.
KIND_UNKNOWN = "questions of the kind {kind!r} cannot be taken in"
NO_STEM = "it has no text"
PICTURES = "pictures are left out: {count}"
PARTIAL = "an answer with {share:g}% counts as wrong"
OWN_SHARES = "the shares of its answers are left out: each right one counts the same"
ANY_ANSWER = "what it says to any other answer is left out"
SEVERAL_KEYS = "only the first of its right numbers is kept"
NOT_A_NUMBER = "{text!r} is no number"
GRADER_NOTES = "the notes for whoever marks it stand as its model answer"
COMBINED = "what it says to right, partly right or wrong answers as a whole is left out"
TOO_MANY_PARTS = "it has {count:,} answers"
TOO_LONG = "it is longer than {most:,} characters"
CORRECT_UNKNOWN = "{name!r} under `correct` is none of its options"
UNITS = "units but the first are left out"
TEXT_AFTER = "the gap in the text is written as _____"
NOT_UNDERSTOOD = "it is not written as GIFT asks: {reason}"
NO_RIGHT_ANSWER = "no answer of it is right"

# Why a file cannot be read; each begins with a small letter and has no full stop.
NO_FILE = "there is no file {file}"
TOO_LARGE = "{file} has more than {most:,} bytes; split it"
PACKED = "{file} is a packed archive; unpack it and give the list in it"
NOT_UTF8 = "{file} is not UTF-8 text (byte {byte}); save it as UTF-8"
NOT_XML = "{file} is no XML that can be read: {reason}"
DOCTYPE = "{file} has a document type declaration, which question lists have not; take it out"
NOT_MOODLE = "{file} is no Moodle question list: it begins with <{tag}>, not with <quiz>"
TOO_MANY = "{file} has more than {most:,} questions; split it"
NOT_CSV = "{file} is no CSV that can be read: {reason}"
NO_COLUMN = "{file} has no column `stem` in its first line; it has {columns}"
TOO_MUCH = "the content file would have more than {most:,} bytes; split the list"
BAD_INTO = "{file} is no new phase's file, such as COURSE/phases/membrane.yaml in a course"
INTO_EXISTS = "{file} is there already; give a new name"

# Reasons why a question of GIFT cannot be read.
BRACE = "a brace is not closed"
WEIGHT = "a share of marks is no number"

# Above a question in a content file, where it has another id here.
CALLED = "in the list: {name}"

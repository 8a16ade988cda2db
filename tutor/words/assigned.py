"""Assignments, as learners meet them: found, worked through, handed in, and read with their keys.

What cannot be done begins with a small letter and has no full stop, unless it is said otherwise.
"""

# Moments, as strftime has them.
DAY = "%a %d %b %H:%M"
DAY_AND_YEAR = "%a %d %b %Y, %H:%M"
# In place of the time that is left: as short as this.
DUE_SOON = "due {due}"

# Why a file cannot be used: begins with a small letter and has no full stop.
NO_FILE = "no file has this name, nor any assignment this title, here or among the downloads"
UNREADABLE = "it cannot be read: {reason}"
UNSOUND = "it cannot be used, as something in it is wrong ({where}: {reason}); ask for it again"
NO_UUID = "this is none that an assignment has"
NO_TITLE = "it has none"
NO_TUTORS_KEY = "one of them is no public key; ask for the file again"
NO_HEX = "this is no key of up to {longest} bytes in hex"
NO_EXTRA = "extra time is 0 to {most} percent"
NO_YEAR = "its dates are to lie in the years {first} to {last}"
TOO_MANY_KEYS = "it names from 1 to {most} keys of tutors and at most {seats} learners"
NO_LIMIT = "a time limit is at most {most} minutes"
NO_SECTIONS = "the sections do not add up to its {count} questions"
PHASES_DIFFER = "its phases are not those of its course"
TWICE = "an id is missing or stands there twice"
NO_QUESTIONS = "it has from 1 to {most} questions, each once"
IDS_DIFFER = "the order of its questions names others than it has"
NO_MARKS = "not every question has its marks"
NO_SUCH_MARKS = "marks that were given are beyond what there is"
NO_OBJECTIVE = "it names an objective that is not there"
OTHER_RELEASE = "it belongs to another assignment"
NOT_THE_TUTORS = (
    "it was not made by whoever handed out this assignment, or was changed since; ask your tutor "
    "for the file"
)
NOT_OPENED_HERE = (
    "it brings the keys of an assignment that was never opened here; open that one first, or "
    "bring in the journal of the machine where it was"
)
HAS_ITS_KEYS = "it belongs to practice, whose own file carries the keys"
# Above the reason: what could not be opened. {name} is a file.
NOT_OPENED = "{name}: {reason}."

# The file of an assignment that was opened before holds something else now.
CHANGED_BUT_BEGUN = (
    "This file is not the same as the one that you have begun to answer. The one that was opened "
    "first stays; ask your tutor which is meant."
)
CHANGED_AND_TAKEN = "This file has taken the place of an earlier one of the same assignment."
OTHER_FILE = "{name} is another file of an assignment that you have opened; that one stays."

# Who the learner is.
ASK_ID = "Your id, as your tutor has it on the list (such as a student number):"
ASK_AGAIN = "{problem} {asks}"
ASK_NAME = "Your name, for your tutor (Enter leaves it out):"
NO_ID = "say who you are first: your id, as your tutor has it"
NOT_LISTED = (
    "the id {id!r} is not on the list of this assignment; type it as your tutor has it, or ask "
    "them to put you on the list"
)
# A sentence that begins with a small letter, to be told; {problem} has no full stop.
TOLD = "{problem}."
YOU_ARE = "You are {id}{name}."
NAMED = ", {name}"
# After one of these two, where another assignment was begun here, called {title}.
SAME_BEFORE = "With this id you began {title} here."
OTHER_BEFORE = "But you began {title} here as {id}: see which is right."
# {change} is CHANGE_WHO.
STAYS = 'Not right? Choose "{change}" before you begin: afterwards it stays.'

# The list.
# {state}: NEW or ANSWERED, with LATE where it is; HANDED_IN, with BUT_CHANGED; or RELEASED.
LISTED = "{title}, due {due}: {state}"
NEW = "new"
ANSWERED = "{answered} of {count} questions answered"
HANDED_IN = "handed in, receipt {receipt}"
BUT_CHANGED = ", changed since"
RELEASED = "keys and feedback are there"
LATE = ", late"
NONE_FOUND = (
    "No assignment was found. Put the file that your tutor gave you into the Downloads folder, or "
    "type tutor open and its name."
)
LIST_HELP = (
    "Enter opens what is marked. Files are looked for in the folder that the tutor was started in "
    "and among the downloads, whatever they are called; what was opened is kept."
)

# One assignment. {count}: QUESTIONS; {tutor}: FROM or nothing.
SIZE = "{kind}, {count}{tutor}."
GRADED = "Graded work"
PRACTICE = "For practice"
QUESTIONS = ("a single question", "{count} questions in all")
FROM = ", from {tutor}"
DUE = "It is due {due}."
FEEDBACK = {
    "at-once": "Each answer is marked at once, and can be handed in all the same.",
    "at-end": "Answers are kept as they stand. Keys and feedback you can read once you end it.",
    "released": "Answers are kept as they stand and marked when your tutor collects them.",
}
HOW_SURE_ASKED = "With each answer you are asked how sure you are of it."
LIMIT = "Once begun it takes {time}, whatever happens."
ONE_WAY = "Questions come one after another; there is no way back."
HINTS_ALLOWED = "Hints may be asked for; your tutor sees which."
# {names}: short names of keys, as the tutor reads them too.
SEALED_TO = (
    "What you hand in is sealed to the key {names}, which only your tutor has.",
    "What you hand in is sealed to the keys {names}, which only your tutors have.",
)
ANY_TIMES = "It may be begun anew; the last time counts."
TIMES = "It may be begun {times} times; the last time counts."
CLOCK_RUNS = "Its clock runs: {left}."
SO_FAR = "So far: {answered}."
WAS_HANDED_IN = "Handed in {when} (number {number}), receipt {receipt}."
CHANGED_SINCE = "You have answered since then: hand it in again for that to count."
KEYS_SEEN = "You have seen its keys. What is handed in after that tells your tutor so."
LATE_WORK = {
    "accept": "It was due {due}. What comes late is taken, and your tutor sees that it is late.",
    "refuse": "It was due {due}. What comes late does not count.",
    "reduce": "It was due {due}. What comes late loses {percent:g} % of its marks a day begun.",
}

# What can be done with it.
BEGIN = "Begin"
GO_ON = "Go on"
HAND_IN_AGAIN = "Hand in again"
READ = "Read keys and feedback"
BEGIN_ANEW = "Begin anew"
ANEW_SURE = "Begin anew? What you have answered stays behind, and the new answers count."
CHANGE_WHO = "Say who you are"
DESK_HELP = (
    "Digits and arrows mark, Enter does it. Everything you answer is kept at once, and handing in "
    "writes a file for your tutor. You can go on and hand in again until it is due."
)

# While it is worked through; {due} is DAY.
FORWARD_ONLY = "here questions come one after another, and there is no way back"
ANSWER_OR_LEAVE = "answer this question, or leave it for good"
LEAVE_FOR_GOOD = "Leave this question without an answer? There is no way back to it."
NO_MORE_ATTEMPTS = "it may not be begun again"
NOT_BEGUN = "it has not been begun"
TIME_RAN_OUT = "Time is up. What stood can be handed in."
WORK_HELP = (
    "Answers are kept as they stand; nothing is marked here. Enter keeps one and goes on. Leaving "
    "keeps everything, and e leads to where it is handed in."
)
HINT_TIP = "show the hint; your tutor sees that"
LEAVE_TIP = "to the assignment; all is kept"
HAND_IN_TIP = "to where it is handed in"
QUIT_TIP = "quit; asks first while something is to be handed in"
PRACTICE_MAP = "Work"
PRACTICE_MAP_TIP = "back to the assignment"
LEFT = "Everything you answered is kept."
LEFT_CLOCK = "Everything you answered is kept; the clock runs on."
# After one of these two.
TO_HAND_IN = "It is still to be handed in, by {due}."
TO_HAND_IN_LATE = "It was due {due}, and is still to be handed in."

# Before it is handed in; {numbers} may end with AND_MORE.
UNANSWERED = (
    "Question {numbers} has no answer.",
    "Questions {numbers} have no answer.",
)
ALL_THE_SAME = "{lacks} Hand in all the same?"
NOT_HANDED_IN = "nothing was handed in"
NOTHING_ANSWERED = "nothing of it is answered: answer some of it, or hand it in so with --yes"
AND_MORE = " and {count} more"
# Handed in: what is told, one line each.
WRITTEN = "Handed in as {path}"
WRITTEN_LATE = "Handed in late as {path}"
RECEIPT = "Receipt: {receipt}"
PASS_ON = (
    "Now pass this file on to your tutor: it can be read by nobody else. Until it is due you can "
    "hand in again; the last one counts."
)
# After the deadline; {late}: LATE_WORK. IN_TIME_STAYS where there is such a file.
PASS_ON_LATE = "Pass this file on to your tutor: it can be read by nobody else. {late}"
IN_TIME_STAYS = (
    "What you handed in before the deadline is still there as {path}. It counts once your tutor "
    "has it, whatever comes late."
)
IN_THE_WAY = "{path} is there already and is none of your submissions of this; name another file"
IN_TIME_IN_THE_WAY = (
    "{path} is what you handed in before the deadline, and stays; name another file"
)
NOTHING_BEGUN = "no assignment was begun here; open one with tutor open"
NOTHING_TITLED = "no assignment that was begun here is called {wanted!r}; begun were: {titles}"
SEVERAL_TITLED = "several assignments fit; say which: {titles}"

# The keys, once they are released.
NOT_HANDED_IN_YET = (
    "This is not handed in. Once you have seen the keys nothing more can be handed in for marks: "
    "your tutor sees it. Show them?"
)
ENDED_BY_KEYS = "To show the keys ends the work: what you have answered stands. Show them?"
NOT_SHOWN = "The keys stay closed."

# As lines of text. A line in [ ] says what may be typed; its single letters and words stay.
LIST_KEYS = "[1-{count} opens it · Enter back · ? · q quit]"
EMPTY_KEYS = "[Enter back · q quit]"
DESK_KEYS = "[1-{count} · Enter {first} · m back · ? · q quit]"
YES_KEYS = "{question} [y yes · Enter no]"
ASK_KEYS = "{asks} [Enter alone goes back]"
NO_WAY_BACK = "There is no way back to it: type leave it to go on without an answer."
ONE_WAY_MOVES = "Enter next · leave it"
HINT_KEY = " · h hint"
WAS_LAST = (
    "That was the last question. map lists all of them, hand in leads to where the work is handed "
    "in."
)
WORK_PLAIN_HELP = (
    "Type the answer and press Enter; it is kept, and the next question comes. Typed again, it "
    "takes the place of the one before; clear takes it away. Enter alone goes on; where there is "
    "a way back, b goes back, and go and a number to any question. f flags the question, map "
    "lists all of them, v shows more of the run, u the units, c or copy writes the question to a "
    "file. hand in leads to where it is handed in, leave to the assignment, and q quits; "
    "everything is kept."
)

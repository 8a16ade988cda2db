"""The register of a class and what is taken into it: faults, what was set aside, and notes."""

from tutor.words.classroom import WHEN as WHEN
from tutor.words.classroom import WHEN_TO_THE_SECOND as WHEN_TO_THE_SECOND

# {where} is a file, or the address of a database without its password; {what} a sentence below.
REGISTER = "The register {where} {what}."
ANOTHER = "choose another one with --register or TUTOR_REGISTER"
OTHER_ADDRESS = (
    "is no address that a register can have: give a file, or postgresql://USER@HOST/DATABASE"
)
NO_DRIVER = (
    "is in PostgreSQL, which needs one more package: "
    'pip install "action-potential-tutor[postgres]"'
)
NOT_OPENED = "cannot be opened: see that its folder is there and yours to write to, or {another}"
READ_ONLY = "is read-only: get the right to write to it and its folder, or {another}"
NO_FILE_THERE = "is no ordinary file: {another}"
OTHER_PROGRAM = "is a database of another program: {another}"
# {reason} is what the database or the operating system says.
OTHERWISE = "cannot be read or written ({reason}): see that its place works, or {another}"
NO_PLACE = "cannot be kept in that place ({reason}): {another}"
REFUSED = "cannot be reached ({reason}): see that the server runs there, and the address is right"
WRONG_PASSWORD = (
    "lets nobody in with that name and password ({reason}): give the right ones in the address, "
    "or in the file .pgpass"
)
NO_DATABASE_THERE = (
    "is not there ({reason}): let the owner of the server make an empty database for it"
)
SERVER_FULL = "cannot be written because the disk of its server is full: have some space freed"
NO_RIGHT = "may not be changed by this user ({reason}): have the right to do so granted"
CONNECTION_LOST = "was lost on the way ({reason}): try again; what was finished is kept"
# What a row belongs to is gone, or has got something new since it was to go.
GONE_MEANWHILE = (
    "was changed by someone else at the same moment, who deleted an assignment or took in work "
    "for it: try again"
)

# Why a file is set aside; each goes on after its name and a colon.
UNREADABLE = "it cannot be read ({reason})"
A_LINK = "it is a link to another place, which is not followed"
NO_FILE = "it is no ordinary file"
EMPTY = "it is empty"
HANDED_OUT = "it is what you hand out, not what comes back"
A_KEY = "it is a key: keep it to yourself"
NO_SUBMISSION = "it is no submission, or its beginning is damaged"
TOO_MANY_ENTRIES = "it holds more than {most} files"
ARCHIVE_TOO_LARGE = "more than {largest} MB come out of it, which no class hands in"
BROKEN_ARCHIVE = "it is damaged, or no ZIP archive; download it again"
BROKEN_ENTRY = "it is damaged within its archive; ask for it again, or download the archive again"
LOCKED_ENTRY = "it is locked with a password; unpack it first"
OTHER_PACKING = "it is packed in a way that is not read; unpack it first"
SWELLS = "it unpacks to more than {times} times its size, as no submission does"
TOO_DEEP = "it is an archive within an archive within an archive; unpack it first"

# Notes on a submission that was taken in.
UNITS = {
    "days": ("{count} day", "{count} days"),
    "hours": ("{count} hour", "{count} hours"),
    "minutes": ("{count} minute", "{count} minutes"),
}
SET_BACK = "A clock was set back by {time} meanwhile: the latest time in it is taken."
BEFORE_MADE = "It was begun before the assignment was made, so its clock was wrong."
AHEAD = "Its clock was ahead by {time} or more: the time of collection is taken."
AFTER_CLOSING = (
    "It says that it was in time, but an earlier collection after the deadline had not seen it."
)
OTHER_MACHINE = "It comes from another machine than the one before it."
SHARED_MACHINE = "The same machine handed in for others: {others}."
BEGAN_AS = "It was begun under another id: {ids}."
DRAWN_FOR = "Its questions were drawn for {owner}."
DRAWN_FOR_NOBODY = "Its questions were drawn for nobody on the list."
SAW_KEYS = "The keys had been opened before it was handed in."
BEGUN_OFTEN = "It was begun {times} times; {allowed} allowed."
AFTER_LIMIT = (
    "{count} answer came after the time limit and does not count.",
    "{count} answers came after the time limit and do not count.",
)
HINTS = ("{count} hint was shown.", "{count} hints were shown.")
KEPT_UNREADABLE = "It counts for nothing, as it cannot be read any more: {reason}."
NOTHING_ANSWERED = "Nothing in it is answered."
UNREAD = "What it holds is no answer to the question, and has no marks: {questions}."

# Which assignment is meant.
LISTED = "{title} ({id}), due {due}, {handed_in} of {learners} in"
LISTED_OF_ANYONE = "{title} ({id}), due {due}, {handed_in} in"
NO_ASSIGNMENTS = "none, as nothing has been assigned yet"
NONE_SUCH = "there is no assignment {named!r} in this register; it holds {listed}"
SEVERAL_SUCH = "several assignments are called {named!r}; give the id of one: {listed}"

# Why a submission that was opened is set aside.
UNKNOWN_ASSIGNMENT = "it is for an assignment that this register does not know"
OTHER_ASSIGNMENT = "it is for another assignment, {title}"
NO_MOMENT = "its times are none that a clock shows"
NO_MACHINE = "it says that it comes from no machine"
NO_LEARNER = "it says nobody's id"
NOT_LISTED = "the id in it, {id}, is not on the list of learners"

# Two machines under one id; {counts} and {other} are receipt codes, with the questions that each
# answers and when it came. CHOOSE is typed as it stands, but for the capitals.
CONTESTED = (
    "{id}: two machines handed in under this id. {counts} counts ({answered} answered, {at}), "
    "{other} does not ({other_answered} answered, {other_at}). Ask which receipt code is theirs, "
    "and say which one counts:"
)
UNSETTLED = (
    "Two machines handed in under {count} id, and which work counts is not settled: {ids}. The "
    "report says how to choose.",
    "Two machines handed in under {count} ids, and which work counts is not settled: {ids}. The "
    "report says how to choose.",
)
COMMAND = "  {command}"
CHOOSE = "tutor register choose {assignment} {learner} RECEIPT --why TEXT"
NO_RECEIPT = (
    "{learner} handed in nothing in {title} with the receipt {receipt!r}, but {known}",
    "{learner} handed in nothing in {title} with the receipt {receipt!r}; there are {known}",
)
NOTHING_TO_CHOOSE = "{learner} has handed in nothing in {title}"
REFUSED_RECEIPT = (
    "{receipt} of {learner} is refused, so it cannot count; where it is late, give more time first"
)
CHOSEN = "{receipt} of {learner} counts now, with {marks:g} of {most:g} marks."

# What is told of a collection. What is told of its files is joined by commas.
RESULT = "{title}: {learners} in ({files})."
IN = ("{count} learner", "{count} learners")
IN_OF = ("{handed_in} of {count} learner", "{handed_in} of {count} learners")
NEW_FILES = ("{count} new file", "{count} new files")
ASIDE_COUNT = ("{count} file set aside", "{count} files set aside")
LATE = ("{count} file late", "{count} files late")
REPLACED = ("{count} file replaced an earlier one", "{count} files replaced earlier ones")
REFUSED_COUNT = ("{count} file refused as late", "{count} files refused as late")
BEFORE = ("{count} file had been in before", "{count} files had been in before")
NOTHING_FOUND = "No submission was taken in."
SET_ASIDE = "Set aside:"
ASIDE = "  {file}: {reason}"
OTHERS = (
    "{count} other file, plainly no submission, was left alone: {files}.",
    "{count} other files, plainly no submissions, were left alone: {files}.",
)
NOTES = "Notes on submissions for {title}:"
NOTE = "  {learner}: {note}"
PROGRESS = "{count} read"
NO_TUTOR_KEY = (
    "there is no tutor's key in {folder}, and without it nothing can be opened; put back the copy "
    "that you kept: tutor register key --restore FILE"
)
WHICH_ASSIGNMENT = "say with --assignment which assignment the list is for: {listed}"
DUE_TOO_EARLY = (
    "{file}, line {line}: the deadline of {id}, {due}, is before that of the assignment itself; "
    "write a later one, or leave it empty."
)
UNKNOWN_LEARNER = "Nobody with the id {id} is on the list of learners: nothing was changed there."

IN_REGISTER = "The register {where}:"
ASSIGNMENT = "  {id}  {title}, due {due}: {handed_in} of {learners} in, {late} of them late"
ASSIGNMENT_OF_ANYONE = "  {id}  {title}, due {due}: {handed_in} in, {late} of them late"
NOTHING_ASSIGNED = "  Nothing has been assigned yet."
EXTENDED = (
    "{count} learner has another deadline or extra time now: {names}.",
    "{count} learners have another deadline or extra time now: {names}.",
)
NOT_EXTENDED = "No learner has another deadline or extra time than before."
REMARKED = (
    "{count} learner was marked again; with other marks: {changed}.",
    "{count} learners were marked again; with other marks: {changed}.",
)

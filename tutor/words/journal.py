"""The learner's journal: why it cannot be read, written, brought in or given out."""

# {path} is a file, {what} one of the sentences below, which say what is wrong and what to do.
JOURNAL = "The journal {path} {what}."
MAY_WRITE = "get the right to write to it and its folder, or set TUTOR_DATA_DIR to another folder"

LOCKED = "is locked by another program: close that program and try again"
NOT_OPENED = "cannot be opened: {may_write}"
DAMAGED = "is damaged: put a back-up in its place, or move it away to start new"
DISK_FULL = "cannot be written because the disk is full: free some space, try again"
NO_DATABASE = "is not an SQLite database: move that file away and start again"
READ_ONLY = "is read-only: {may_write}"
A_FOLDER = "is a folder: move it away and start again"
# {reason} is what the operating system says.
NO_PLACE = "cannot be kept in that place ({reason}): {may_write}"
OTHER_PROGRAM = (
    "is a database of another program: move that file away, or set TUTOR_DATA_DIR to another "
    "folder"
)
NEWER = "has format {version} of a newer program, this one knows {newest}: update this program"
# {reason} is what the database says.
OTHERWISE = (
    "cannot be read or written ({reason}): see that its disk works and has room, or set "
    "TUTOR_DATA_DIR to another folder"
)
UNREADABLE_EVENT = (
    "holds an event that cannot be read (number {number}): put a back-up in its place"
)

# A clock that was set back; both are dates with a time.
CLOCK = (
    "An answer is dated {newest}, but this computer's clock says {now}: set the clock right. "
    "Nothing is lost; until then, what to review when is not right."
)

# Bringing events in. {file} is where they come from.
IMPORT = "{file} was not imported, nothing of it: {what}."
# {line} is a number, {what} one of those that follow.
LINE = "line {line} {what}; mend that line or leave it out, then import again"
# The same for another journal: {number} tells its events apart.
EVENT = "its event {number} {what}; put a back-up of that journal in its place"
TOO_LONG = "is longer than {most} MB"
NOT_UTF8 = "is not UTF-8 text"
NOT_JSON = "is not JSON"
NO_OBJECT = "is not a JSON object"
WRONG_ID = 'has no UUID as its "id"'
WRONG_TIME = 'has no date and time with a zone as its "time", such as 2026-05-01T09:30:00+00:00'
# {name} is a name in the line, such as "kind".
WRONG_TEXT = 'has no text as its "{name}"'
WRONG_NUMBER = 'has no whole number of 64 bits as its "{name}"'
WRONG_DATA = 'has no JSON object as its "data"'
NO_JSON_VALUE = 'has in its "{name}" what JSON cannot hold'
FILE_NEWER = (
    "it has format {version} of a newer program, this one knows {newest}: update this program"
)
NO_HEADER = (
    "it is neither an export of a journal nor a journal: its first line would say "
    '"{format}"; choose another file'
)
CUT_SHORT = (
    "it should hold {count} events and holds {found}: it was cut short or changed; export it again"
)
IS_ITSELF = "it is the journal itself: choose another file"
# {reason} is what the operating system or the database says.
FILE_UNREADABLE = "it cannot be read ({reason}): see that it is there and whole"

# Giving events out.
NOT_EXPORTED = "{file} was not written ({reason}): choose another place, or make room there."

"""Sentences about the files and keys that tutors and learners pass on to each other."""

#: Days with their time, in the format of strftime.
WHEN = "%a %d %b %Y, %H:%M %Z"
#: For two moments of one minute.
WHEN_TO_THE_SECOND = "%a %d %b %Y, %H:%M:%S %Z"

# Files.
TOO_LARGE = "it is larger than {largest} MB"
NOT_JSON = "it is damaged, or no file of this program"
OTHER_FORM = "it is a file of another kind"
TOO_NEW = "a newer version of the program made it; bring this one up to date"
OTHER_VERSION = (
    "it is damaged or forged, as it says that a newer version of the program made it, and none "
    "did; ask for it again"
)
DAMAGED = "it is damaged: {reason}"
TOO_MUCH = "it unpacks to more than {largest} MB"
TOO_MANY_VALUES = "it holds more than {most} values"
NESTED = "what it holds is nested more than {deepest} levels deep"

# Keys.
NO_KEY = "{file} holds no key; put back a copy of it, or move it away to begin with a new one"
NO_KEY_THERE = "{file}: there is no such file; name the file with the copy of your key"
NO_KEY_IN_COPY = "{file} holds no key; give the copy that was made with it"
NO_PUBLIC_KEY = "a public key in the assignment is damaged; ask for the file again"
OTHER_KEY = "it is sealed to another tutor's key"
SEAL_BROKEN = "it was changed after it was sealed, or is cut short"
BAD_SIGNATURE = "its signature does not fit: it was changed after it was handed in"

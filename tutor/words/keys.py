"""Help over a screen: its keys, the words of a phase; and the file of a learner's own keys."""

KEYS_OF_SCREEN = "The keys of this screen."
CLOSING = "Tab goes to the next part of a screen. Here arrows scroll; any other key closes."
# What stands above the keys of a part of a screen, which work while it has the focus.
PARTS = {
    "choices": "Choices",
    "answer": "Where the answer is written",
    "plot": "Plot, after Tab",
    "knobs": "Knobs, after Tab",
    "bench": "Rows of the bench",
    "app": "Everywhere",
}

GLOSSARY = "Words of {title}"

# The file of keys. {name} is what the file calls a key, such as lesson.hint.
UNREADABLE = "{file} cannot be read: {error}."
NO_TOML = "{file} is no TOML, so all keys are as ever: {error}."
PROBLEM = "{file}: {problem}."
UNKNOWN = "there are no keys with the id {name!r}; `tutor keys` lists them"
UNKNOWN_BUT_NEAR = "there are no keys with the id {name!r}; did you mean {near}"
NO_TEXT = '{name} needs its keys as text, such as {name} = "{keys}"'
NO_KEY = "{name} has {key!r}, which is no key, such as h, ctrl+n or f2"
CLASH = "{name} and {other} would both be {key}; {name} stays as it was"

# The first lines of the file that the tutor writes; each begins with # and is as long as these.
FILE_HEAD = (
    "# Keys of the tutor. Take away the # before a line and write other keys, several parted",
    "# by commas: h, ?, f2, ctrl+n, shift+left, enter, space. The next start takes them.",
)

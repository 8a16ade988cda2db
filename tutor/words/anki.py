"""Cards for Anki, and what the command that writes them says."""

# What Anki calls cards of this kind, and their one side.
NOTE_TYPE = "Card on the action potential"

# On the front of a card.
OPTIONS = "Options"
# One of several points of an answer is left out, and asked for. The others stand below.
POINT_ASKED = "A full answer makes {count} points. Which one is missing here?"
# One item of several, and what it may go with, which stands below.
PARTNER_ASKED = "What goes with: {item}"
# Numbers of a calculation that are known before the one that is asked for.
KNOWN = "{asks} {number}"
# What can be turned: {range} is such as "0 to 1 mV".
KNOB = "{title}: {low:g} to {high:g} {unit}, now {value:g}"
# What a picture shows, for those who do not see it.
PLOT_OF_REFUTATION = "The run, and over it the one that refutes the idea."

# On the back.
OTHER_OPTIONS = "The other options"
WHOLE_ANSWER = "The whole answer"
# {wrong} and {right}: sentences of the course.
YOU_SAID = "Your answer showed this idea: {wrong}"
IN_FACT = "In fact: {right}"

# What the command says when it has written a file.
WRITTEN = (
    "Wrote {cards} card on {questions} to {file}.",
    "Wrote {cards} cards on {questions} to {file}.",
)
QUESTIONS = ("{count} question", "{count} questions")
PLAIN_PLOTS = (
    "The plots are plain characters: for pictures install "
    "`pip install 'action-potential-tutor[plots]'`."
)
# Why nothing was written.
NO_MISTAKES = "There is nothing to export: no answer of yours is wrong as it stands{among}."
NO_UNSURE = "There is nothing to export: no right answer of yours was a guess{among}."
NO_MISTAKES_OR_UNSURE = (
    "There is nothing to export: no answer of yours is wrong or a guess{among}."
)
#: After each of these.
OR_ALL = "--all takes questions whatever you answered."
NO_QUESTIONS = "There is nothing to export: no question is like that."
AMONG = " among these questions"
# Begins with a small letter and has no full stop. A command stands between the signs `.
NEEDS_GENANKI = (
    "decks need genanki: install it with `pip install 'action-potential-tutor[anki]'`, or give "
    "--text for a CSV file that Anki reads too"
)

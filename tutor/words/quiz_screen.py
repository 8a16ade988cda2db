"""Picking what to be asked, in the app."""

TITLE = "Quiz: what do you want to be asked?"
HELP = (
    "Enter begins a quiz of what is marked; the number behind it is how many questions fit. They "
    "come in a mixed order. It is practice: reviews that are due are not spoilt by it."
)
# Labels of the key bar, and what the keys do in a few words.
MORE = "Longer"
MORE_TIP = "more questions"
FEWER = "Shorter"
FEWER_TIP = "fewer questions"
KIND = "Kind"
KIND_TIP = "the next kind of question, or any"

# {kind} is one of the kinds, such as "any kind".
ASKED = "{count} questions, {kind}"

"""The verdict on an answer: its headline, its points, the key and what refutes it."""

RIGHT = "Right"
PARTLY_RIGHT = "Partly right: {marks} of {full} marks"
# Of an option that is not what the neuron does.
RIGHT_FOR_BOARDS = "Credited in exams"
WRONG = "Not what the neuron does"
ANSWER_SHOWN = "Answer shown"
NOT_ANSWERED = "Not answered"
# Under the headline, where a tutor gave other marks than the marking.
TUTOR_GAVE = "Your tutor gave {marks} of {full}."

# Titles of the key.
RIGHT_ANSWER = "The right answer"
MODEL_ANSWER = "A model answer"

# An option that was right and not chosen, of one right option and of several.
RIGHT_OPTION = "The right answer: {option}"
# The same where an exam board credits what was chosen.
EXACT_OPTION = "By physiology: {option}"
RIGHT_OPTION_TOO = "Also right: {option}"

# An item with the partner that it was given.
PAIR = "{item}: {partner}"

# Points of a written answer.
YOUR_CLAIM = "You hold that you wrote this; that is kept beside the verdict."
# Words of the learner.
QUOTED = "“{words}”"
# What an exam board credits, and what is exact: heads of two columns, or of a line each.
CREDITED = "Credited"
EXACTLY = "Exactly"
WORDING = "{head}: {text}"

# The step that taught what was asked, as the end of "Taught in ...".
STEP = "step {number}, {title}"

# The set-up of a refutation, by what it has and lacks beside that of the question.
IN_PLACE_OF = "{added}, in place of {missing}"
WITHOUT = "without {missing}"
# In place of a sentence whose number a run has not, as it is set: {error} says why.
WITH_THESE_SETTINGS = "With these settings: {error}."
# After what a question's set-up has in it, where all of it would give the answer away.
MORE_COMES_AFTER = "more after the answer"

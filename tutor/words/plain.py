"""The tutor as lines of text: the course map, the lesson and a question for a room."""

# A line in [ ] says what may be typed; its single letters and numbers are keys and stay.
THE_END = "Everything you answered is kept. Start the tutor again to go on from here."
# The same where something could not be written, as was told then.
THE_END_OF_SOME = "All is kept but what could not be written. Start the tutor again to go on."
NOT_A_KEY = "That is none of the keys here."
NOT_A_NUMBER = "That is none of the numbers here."

# The course map.
MAP_KEYS = (
    "[Enter · 1-{count} a phase · z quiz · r review · e exam · a assignments · p progress · l lab"
    " · , settings · ? · q quit]"
)
MAP_HELP = (
    "Enter goes on with the phase that is named first, a number opens another one. What a phase "
    "is best done after is advice: any may be opened. z asks mixed questions of what you pick, r "
    "what is due and some that is new, e is a timed exam, a lists what your tutor has handed out, "
    "p tells where you stand, l opens the lab, a free bench. A comma changes the settings, exam "
    "and date among them. In a lesson ? tells its keys. Everything you answer is kept at once."
)
# {advice}: see BEST_AFTER in course_map.py.
ADVICE = "{phase} is {advice}; it goes without as well."

# The settings: {offers} is OR_OFFERED or nothing.
SETTING = "{number}) {title}: {chosen}{offers}. {note}"
OR_OFFERED = " (or {others})"
SETTINGS_KEYS = "[1-{count} changes it · Enter back]"
SETTING_CHANGED = "{title}: {chosen}."

# The first minute, and what the learner prepares for.
FIRST_MINUTE = "The first minute, {number} of {count}"
CAPTION_KEYS = "[Enter next · s skip · ?]"
PREDICTION_KEYS = "[1-{count} · s skip · ?]"
FIRST_MINUTE_HELP = (
    "One prediction, then the whole event, a caption at a time; nothing of it is marked. A "
    "number picks what you expect, Enter goes on, s leaves the first minute."
)
NUMBER_OR_SKIP = "Type a number from 1 to {count}, or s to skip."
PREPARES_FOR = "What do you prepare for? (Enter skips each)"
EXAM_DATE_KEYS = "[date of the exam, year-month-day · Enter skips · ?]"
PICK_KEYS = "[1-{count} · Enter skips · ?]"
PROFILE_HELP = (
    "The exam and its board decide whose wording counts and what is left out; the date, when "
    "you review. Type what is asked for, or Enter alone to skip it; the settings, a comma on the "
    "course map, change all of it later."
)
NUMBER_OR_ENTER = "Type a number from 1 to {count}, or Enter to skip."

# What may be typed in a lesson.
MOVES = "Enter next · b back · m map · v panes · p plots · o lab · g words · q quit · ? keys"
STEP_KEYS = "[{moves}{knobs}]"
LOOKED_UP_KEYS = "[Enter back to the verdict · m map · q quit · ? keys{knobs}]"
QUESTION_KEYS = (
    "[{part}answer with {example}{knobs} · h hint · a show answer · s skip · f flag{units}{begun}"
    " · b · m · q · ? keys]"
)
SURE_KEYS = "[{how_sure} · Enter leaves it out · b changes the answer]"
VERDICT_KEYS = "[{moves}{more} · t try again · f flag{knobs}]"
# Of a calculation, before all that: which part comes next, and what it is.
PART = "part {number}, {asks} · "
# What the lines above have in them where it can be done.
UNITS_KEY = " · u units"
BEGUN_KEY = " · d hand in what was begun"
REFUTATION_KEY = " · r refutation"
CLAIM_KEY = " · claim"
LOOK_UP_KEY = " · l look it up"
KNOB_KEY = " · set {knob} VALUE"

QUESTION_HELP = (
    "Type the answer and press Enter. h shows the hint, a the answer (which is recorded, and "
    "is no attempt), s skips. f flags the question or takes the flag away, ! or report "
    "writes a report on it to a file, c or copy writes what is asked to one. b goes back, m to "
    "the course map, q quits; everything is kept."
)
VERDICT_HELP = (
    "Enter goes on. v shows more of the run, such as its currents, o opens it in the lab, r "
    "draws the next refutation, t asks again, l opens the step that taught it, claim lists the"
    " points that you may hold to have written. set, a knob's name or number and a value turns"
    " a knob, f flags the question, ! or report writes a report on it to a file, c or copy "
    "writes question and verdict to one. b goes back, m to the course map, q quits; everything"
    " is kept."
)
STEP_HELP = (
    "Enter goes on, b back. v shows more of the run, such as its currents, o opens it in the "
    "lab. set, a knob's name or number and a value turns a knob and tells what the run then "
    "does. p leaves the plots out or draws them, g tells the words of the phase, c or copy "
    "writes the step to a file. m goes to the course map, q quits; everything is kept."
)
# Behind the help of a question that is answered by turning knobs.
EXPERIMENT_HELP = (
    "set, a knob's name or number and a value turns a knob and tells what the run then does; "
    "where there is one knob, the value alone does. run hands in the knobs as they stand."
)

# Behind the help of a calculation.
CALCULATION_HELP = (
    "Each part takes a line of its own; or all of them take one, parted by ; which begins anew "
    "where some were answered."
)

# What a typed line did in a lesson.
FLAGGED = "{question} is flagged."
FLAGGED_NO_MORE = "{question} is no longer flagged."
SET_THEN_RUN = "Set the knobs, then type run."
OPEN_AGAIN = "The answer is open again."
SURE_NUMBERS = "Type 1, 2 or 3, or Enter to leave it out."
# Above a numbered list of points.
CLAIMABLE = "claim and a number keeps that you wrote it:"
NOTHING_TO_CLAIM = "There is nothing here that you may claim."
PLOTS_DRAWN = "Plots are drawn from now on."
PLOTS_LEFT_OUT = "Plots are left out from now on."

# What a lesson shows.
YOU_HAD_BEGUN = "You had begun: {answer} (d hands that in)"
BEGUN_PARTS = "You had begun: {answer}"
# {onward} is NEXT_PHASE_KEY or empty.
END_KEYS = "[{onward}m map · q quit]"
NEXT_PHASE_KEY = "Enter {phase} · "

# A question for a room.
VOTES_KEYS = "[{asks} · Enter none]"
# Where the room's answers are typed, a line each.
ANSWERS_KEYS = "[{asks} · b takes back the last · Enter that is all]"
RUN_KEYS = "[Enter the verdict]"
# An option or an answer, by what it is worth.
TALLIES = {
    "right": "{text} (right)",
    "partly": "{text} (partly right)",
    "wrong": "{text} (wrong)",
}

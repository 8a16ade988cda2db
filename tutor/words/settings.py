"""The settings: their names, what each offers, and what it means."""

ON, OFF = "on", "off"

THEME = "Theme"
THEME_NOTE = "Colours of the app. Nothing is told by colour alone."
THEMES = {
    "dark": "dark",
    "light": "light",
    "contrast": "high contrast",
    "colour-blind": "colour-blind safe",
}

MODE = "Curves and signs"
MODE_NOTE = (
    "Take plain characters where others come out as boxes or question marks; lines of text "
    "begin with curves of plain characters."
)

MOTION_NOTE = "The run draws itself in the app; off, it is there at once."
CERTAINTY = "Ask how sure"
CERTAINTY_NOTE = "After each answer: guess, fairly or certain; it is marked too."
MOUSE = "Mouse"
MOUSE_NOTE = "Counts from the next start; off, the terminal selects text as usual."
PLOTS = "Plots as lines"
PLOTS_NOTE = "Among lines of text; off, each run is told in a sentence alone."

REVIEW_CAP = "Reviews a day"
REVIEW_CAP_NOTE = "The most that a day asks of you; what does not fit waits, riskiest first."

EXAM = "Exam and date"
EXAM_NOTE = "The track follows the exam: A-level leaves out what is medical."
NO_EXAM = "none named"

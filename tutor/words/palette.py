"""The palette, which finds things by their names."""

PLACEHOLDER = "A phase, a screen, a setting"

COURSE_MAP = "Course map"
KEYS_OF_SCREEN = "Keys of this screen"
PROFILE = "Exam, board and date"
FIRST_MINUTE = "The first minute"
PHASE = "Phase {number}: {title}"
SETTING = "{title}: {words}"

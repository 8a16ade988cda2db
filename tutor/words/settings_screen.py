"""The screen of the settings; the settings themselves have their words elsewhere."""

HELP = "Up and down choose a setting, left and right what it is set to. It is kept at once."
NEXT_TIP = "take what is offered next"
PREVIOUS_TIP = "take what was offered before"
BACK_TIP = "go back; all changes are kept"
ENTER_CHANGES = "Enter changes it"

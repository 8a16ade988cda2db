"""What is shown as plain text: in a file, and sent to the terminal for its clipboard.

A terminal does not answer, so nothing here may claim that anything has been copied.
"""

COPY = "Copy"
COPY_TIP = "write what is shown to a file, and offer it to the clipboard"
SELECTED_TIP = (
    "write what is selected to a file, and offer it to the clipboard; with nothing selected, quit"
)
# In the palette.
COPY_SHOWN = "Copy what is shown"

WRITTEN = "Written to {path}"
NOT_WRITTEN = "It could not be written ({reason}): {folder}"
# {kept} is one of the two above: the first one goes with SENT_TOO.
SENT_TOO = (
    "{kept}\nIt was also sent to the terminal, which does not tell whether the clipboard has it."
)
SENT_ALONE = (
    "{kept}\nIt was sent to the terminal all the same, which does not tell whether the clipboard "
    "has it."
)
# Behind either: {count} is of characters.
CUT = "It was too long to be sent whole: the terminal got its first {count} characters."

"""Runs and experiments as files: what is wrong with a file to be written."""

# Each begins with a small letter and has no full stop.
WRONG_ENDING = "{name!r} should end in one of {endings}"
IS_FOLDER = "{path} is a folder"
NO_FOLDER = "there is no folder {path}"
# A command stands between the signs `, and stays.
NEEDS_MATPLOTLIB = (
    "PNG and SVG need matplotlib: install it with `pip install 'action-potential-tutor[plots]'`"
)

"""Keeping a register in order: what the commands say."""

RENAMED = "{before} is called {title} now; the files that you have handed out keep the old title."
# {submissions}: SUBMISSIONS; {overrides}: OVERRIDES.
GOES = "With {title} go {submissions} and {overrides}, for good."
SUBMISSIONS = ("{count} submission", "{count} submissions")
OVERRIDES = ("{count} mark that was given by a tutor", "{count} marks that were given by a tutor")
TYPE_IT = "Type its title to delete it"
TYPE_ID = "Type its id, {id}, to delete it"
# {ids} of the others, {own} of this one.
NAMESAKES = (
    "Another assignment is called {title}, too: {ids}. Commands tell them apart by their ids; "
    "this one is {own}.",
    "Other assignments are called {title}, too: {ids}. Commands tell them apart by their ids; "
    "this one is {own}.",
)
DELETED = "{title} is deleted."
# These begin small and have no full stop.
NO_TITLE = "give it a title"
OTHER_ID = "that is not the id, which is {id}: nothing was deleted"
OTHER_TITLE = "that is not the title, which is {title}: nothing was deleted"
NOBODY_TO_ASK = "there is nobody here to type the title: --yes deletes it without"

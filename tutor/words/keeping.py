"""The learner's own data: `tutor journal`."""

# {count}: how many things are kept in it.
WHERE = "{path}: {count} entries."
EXPORTED = "Written: {file}. `tutor journal import` brings it in on another machine."
FILE_THERE = "{file} is there already: name another file, or write over it with --force"
# {known}: those that were there already.
IMPORTED_ONE = "{count} new entry; {known} were here already."
IMPORTED = "{count} new entries; {known} were here already."
BACK_UP = "The journal as it was before: {path}"
SURE = "All progress in {path} is laid aside, and you begin anew. Go on?"
BEGUN_ANEW = (
    "You begin anew. What was there is in {path}, and `tutor journal import` brings it back."
)

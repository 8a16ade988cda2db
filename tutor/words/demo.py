"""The sample class that a new tutor tries everything out with."""

TITLE = "Sample: the spike"
TUTOR = "The sample tutor"

#: Invented; any two make a learner.
FIRST_NAMES = (
    *("Ada", "Amina", "Anton", "Aoife", "Bao", "Beatriz", "Cem", "Chiara", "Dmitri", "Elif"),
    *("Emeka", "Farah", "Finn", "Greta", "Hana", "Hugo", "Ines", "Ivo", "Jamal", "Juno"),
    *("Kasper", "Kemi", "Lars", "Leila", "Luca", "Mira", "Nadia", "Noor", "Oskar", "Priya"),
    *("Quinn", "Rosa", "Sami", "Tess", "Umar", "Vera", "Wanda", "Xu", "Yara", "Zeno"),
)
LAST_NAMES = (
    *("Abara", "Becker", "Castro", "Demir", "Eriksen", "Fontana", "Gruber", "Haddad", "Ito"),
    *("Jansen", "Kovac", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quispe", "Rossi"),
    *("Sato", "Tamura", "Ulrich", "Varga", "Walsh", "Yilmaz", "Zhou", "D'Arcy", "van Dijk"),
)
TEAMS = ("Monday", "Tuesday", "Thursday")

NOT_EMPTY = "{folder} is not empty; name a folder that is empty or not there yet"
NO_QUESTIONS = (
    "the course has no question whose run is quick enough: leave out --course, for the one that "
    "comes with the program"
)
MAKING = "{count} of {learners} learners"

# {twice} and the like count learners.
MADE = """\
{learners} learners and {questions} questions stand in the folder {folder}:

  roster.csv      who is enrolled
  extensions.csv  {extended} learners who have longer
  submissions     {files} files. {late} learners were late, {twice} handed in twice, {missing} not
                  at all; 4 files are bad
  truth.json      what nobody knows of a real class: who can do what, how hard each question is,
                  and who holds which wrong idea

The key and the register of this class are in the folder too, apart from your own. Name it:"""
USE = "export TUTOR_DATA_DIR={folder}"
USE_POWERSHELL = "$env:TUTOR_DATA_DIR = {folder}"
THEN = "Then try, one after the other:"
#: Commands, and what each does.
TRY = (
    ("tutor collect {submissions} --extensions {extensions}", "takes everything in and marks it"),
    ("tutor report", "tells what the class did not understand"),
    ("tutor report --html report.html --gradebook gradebook.csv", "for a browser, and for Moodle"),
    ("tutor register override sample {learner} {question} 1 --why {why}", "gives other marks"),
    ("tutor release sample", "gives keys and feedback to learners"),
    ("tutor register", "shows all of it on a screen"),
)
WHY = "said it in other words"

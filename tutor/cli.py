"""The command line."""

import sys
from pathlib import Path

from tutor.authoring.check import check_course


def main() -> None:
    report = check_course(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for e in report.errors:
        print(e)
    print(report.phases, report.questions)

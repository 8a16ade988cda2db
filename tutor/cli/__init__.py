"""The command line: one program, one clear sentence for each mistake."""

from tutor.cli.commands import main as main

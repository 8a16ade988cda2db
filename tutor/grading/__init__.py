"""Marking: an answer and its question in, a verdict out. No screen, no file, no clock."""

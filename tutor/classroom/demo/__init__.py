"""A sample class to try everything out with."""

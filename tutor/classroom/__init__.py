"""Handing modules out to a class, taking them in again, and what the class did not understand."""

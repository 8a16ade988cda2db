"""The action potential tutor: predict, run, compare, explain."""

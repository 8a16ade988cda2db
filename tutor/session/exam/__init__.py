"""Timed exams: drawn from a blueprint, sat against the clock, marked when they are handed in."""

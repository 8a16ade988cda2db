"""Preparations as scenarios bind them: what may be set, how it is told, run and measured.

One module for each family; what they need of the simulator they import when they run.
"""

"""Cables: axons, myelinated fibres and cells with a dendrite, at every place and time."""

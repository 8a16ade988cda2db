"""The resting bench: ions, permeabilities and the pump of a membrane at rest."""

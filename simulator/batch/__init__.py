"""Wide batches: many patches at once, for sweeps."""

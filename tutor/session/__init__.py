"""Sessions: what is shown and asked next, without a screen. Both front ends drive these."""

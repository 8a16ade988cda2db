"""Questions and what is known of a learner, as other programs read them."""

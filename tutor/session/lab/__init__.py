"""The lab: a free bench over any preparation, as a session without a screen."""

"""The tutor as lines of text: for screen readers, pipes and terminals without a screen."""

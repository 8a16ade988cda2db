"""For those who write courses: the content check."""

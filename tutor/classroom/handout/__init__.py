"""What a tutor hands out: an assignment, whom it is for, and its keys in the end."""

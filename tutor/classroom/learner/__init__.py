"""What a learner does with an assignment: found, worked through, handed in, read."""

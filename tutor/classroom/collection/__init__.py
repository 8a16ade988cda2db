"""What a class handed in: taken in, marked, and given other marks."""

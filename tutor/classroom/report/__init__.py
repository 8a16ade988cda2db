"""What a class made of an assignment: worked out, and told as text, HTML, CSV or JSON."""

"""What a session shows, written as lines of text: by the plain front end, and into files."""

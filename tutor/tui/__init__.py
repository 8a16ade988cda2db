"""The Textual app: shows a session and sends it answers, nothing more."""

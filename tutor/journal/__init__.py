"""The journal: every answer as an event, kept before the verdict is shown."""

"""The command line: what each command does, and how click reads it (`commands`)."""

"""For the people who build this: generated files, and the start of a new rule."""

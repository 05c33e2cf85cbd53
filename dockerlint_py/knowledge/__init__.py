"""Dated facts about images, servers, packages and tools; each module is imported on demand.

Nothing here is guessed: what a table does not have is `None` (or absent), and a rule that needs it
stays silent.
"""

"""Hypothesis: examples may be slow on a busy machine, and failures print how to repeat them."""

from hypothesis import settings

settings.register_profile("default", deadline=None, print_blob=True)
settings.load_profile("default")

"""The Python code of applications, and how containers run it."""

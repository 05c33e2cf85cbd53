"""The built-in rules: a pack like any other."""

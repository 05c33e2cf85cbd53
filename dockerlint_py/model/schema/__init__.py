"""Databases' migrations: where they are, and what applies them."""

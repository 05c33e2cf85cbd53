"""Audits Dockerfiles, Compose files and Python source together."""

__version__ = "0.1.0"

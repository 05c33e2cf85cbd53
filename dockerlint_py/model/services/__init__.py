"""Compose services: what they lay over their images, and how they depend on one another."""

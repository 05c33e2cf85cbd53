"""What containers start, and what those programs find."""

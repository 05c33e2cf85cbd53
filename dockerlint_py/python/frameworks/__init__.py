"""What a project's code says to the frameworks it uses."""

"""Reports: one function a format, from an outcome to text."""

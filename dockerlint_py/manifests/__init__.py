"""Dependencies: installer command lines, manifests and lock files."""

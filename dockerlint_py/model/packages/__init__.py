"""Python distributions of images: how they are installed, pinned and locked."""

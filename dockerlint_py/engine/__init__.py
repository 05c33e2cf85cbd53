"""Rules, packs, configuration, suppression, and the run itself."""

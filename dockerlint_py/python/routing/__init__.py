"""The paths that applications answer, as far as their code leaves no doubt about them."""

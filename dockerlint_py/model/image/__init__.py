"""What images hold: Dockerfiles instruction by instruction."""

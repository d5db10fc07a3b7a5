"""What the gallery's pages read."""

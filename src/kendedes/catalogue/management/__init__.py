"""Console doors of the catalogue."""

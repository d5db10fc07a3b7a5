"""What people type about products. Cleans input only."""

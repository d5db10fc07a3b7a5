"""Pages of sales, and the addresses tills speak to."""

"""What needs no database: markup, addresses, the blog's files."""

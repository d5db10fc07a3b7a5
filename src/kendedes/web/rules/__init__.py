"""What is decided without a database: rows from releases, words of search, plain facts about pages."""

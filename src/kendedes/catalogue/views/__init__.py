"""Pages of editions: request, one action or query, template."""

"""Pages of the public site: one query of ``queries.pages`` or so, then a template."""

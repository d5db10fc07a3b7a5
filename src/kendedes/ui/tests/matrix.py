"""Small public addresses of the look."""

from kendedes.testing.matrix import Page

ROWS = [Page("manifest"), Page("favicon")]

"""Kendedes: what an association of village enterprises runs its marketing gallery on."""

from kendedes.base import sqlite

__version__ = "0.1.0"

# Before anything imports sqlite3: Django binds the module at first use.
sqlite.use_safe_library()

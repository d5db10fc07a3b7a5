"""Keeping a home: one file that holds all of it, made while people sell, and the way back into an empty home.

Words: archive (a tar: ``kendedes.json`` first, the parts, ``manifest.json`` last), seal (its encryption).
Doors: ``backup.backup``, ``restore.restore``, ``restore.examine``.
"""

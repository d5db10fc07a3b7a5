"""From bytes to cells: what kind of file, is it safe to open, which sheets and cells it holds.

Doors: ``files.read``. ``worker`` runs in a child process with limits and knows no Django.
Does not: know what a column means.
"""

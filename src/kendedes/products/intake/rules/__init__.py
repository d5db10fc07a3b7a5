"""What cells mean and what becomes of a row. Pure: no Django, no clock, no database.

Doors: ``columns.find_header``, ``lines.lines_of``, ``judge.judge``.
"""

"""Intake: the sheets and photos units really send become products, and products become a sheet again.

Words: Book (a file read), Sheet, Line (one row read), Judged (a row with its outcome), ImportBatch (a file on
its way in, kept until confirmed), ColumnMapping (which column means what, remembered per unit).
Doors: ``actions`` (upload, choose, confirm), ``queries.known``, ``export.workbook``; pages in ``urls``.
Does not: guess. What cannot be told stays as a remark of the product, or the row is an error.
"""

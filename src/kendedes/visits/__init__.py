"""What visitors look at and look for: counted without cookies, without anything about a person.

Words: Looked (how often a product's page was opened on a day), Missed (words the search found nothing for), Synonyms
(words that mean the same, added by a manager).
Doors: ``counting.Counting`` around the web server, ``tally.missed`` for the search, ``actions.gather`` in the background.
Does not: know who visits; count programs; write while a visitor waits.
"""

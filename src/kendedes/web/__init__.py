"""The public site: what visitors read, found quickly, served from derived rows.

Words: Site (an association as the public sees it), Listing (a released product), Heading (a category, district or
producer that gathers listings), version (changes exactly when something public changed).
Doors: ``actions.catch_up`` and ``actions.rebuild`` keep the rows in step with the diary; ``urls`` the pages.
Does not: own a fact. Every row here can be thrown away and made again; a public GET never writes.
"""

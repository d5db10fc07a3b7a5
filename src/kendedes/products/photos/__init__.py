"""Photos of products: taken in by a bounded worker, kept by content, made in sizes for the web.

Doors: ``actions.add_photo`` and ``add_photos``, ``queries.photo_path`` (the master, for the press),
``store.make_renditions``, the include ``products/picture.html``.
Does not: decode a picture inside the server's own process; keep the place or the camera a photo was taken with.
"""

"""Stories: writing for the public about products, groups and events, and the fixed pages of the site.

Words: Story, page, tag, comment, old address.
Doors: ``actions`` (write, hand in, publish, schedule, withdraw, comment, import), ``queries`` (what is public),
``rules.markup`` (text to HTML), ``outputs`` (blog draft, WhatsApp text, printed page).
Does not: draw the public pages (``web``); fetch anything from the blog it came from.
"""

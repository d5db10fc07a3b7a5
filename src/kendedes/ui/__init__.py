"""The look: base pages, components, style, icons, fonts; how refusals reach a person.

Doors: templates ``ui/site.html`` and ``ui/office.html`` to extend, tags of ``templatetags/ui``,
``middleware``, ``forms.Renderer``, ``static.Storage``, ``fonts.make``.
Does not: know any noun.
"""

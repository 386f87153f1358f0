"""A page of the app as a page that needs no scripts: HTML for its whole address, from the same views and templates."""

from atlas.publish.first_view.document import first_view

__all__ = ["first_view"]

"""Find: an index of everything on record, and the view that a question opens. Pure: nothing here is kept or sent."""

"""One module a chart: (Atlas, options) -> `View`, which says what the picture means; and View -> figure."""

"""`make site`: every chart and every place as static files, for any web server and for the day when no server runs."""

"""`make look`: everything we show, on contact sheets for the eye, with what a machine can tell about each shot."""

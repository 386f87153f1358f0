"""HTTP routes beside the app."""

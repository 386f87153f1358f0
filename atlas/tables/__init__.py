"""Reads and validates `data/`, keeps the last good version, and hands out one immutable `Atlas`."""

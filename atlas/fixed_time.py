"""The time that stands in files which must hold one: the same data give the same bytes on any day."""

EPOCH = (2026, 1, 1, 0, 0, 0)

"""A chart for tests/test_a_new_chart.py: its whole folder."""

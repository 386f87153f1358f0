"""Measurements as ratios against named baselines in the same run: `python -m benchmarks`, or `make bench`."""

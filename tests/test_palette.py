"""Colours of ordered classes can be told apart: in order by lightness, and under three colour-vision deficiencies."""

import itertools

import numpy as np
import pytest

from atlas.charts.palette import LADDER, REGIME

# Viénot, Brettel and Mollon (1999) for protanopia and deuteranopia, Brettel's tritanopia in one plane; linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "deutan": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
    "tritan": np.array([[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911]]),
}
LEAST = {"ladder": 9.0, "regime": 9.0}


def linear(colour):
    value = np.array([int(colour[index : index + 2], 16) for index in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    scaled = matrix @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    root = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(("name", "palette"), [("ladder", LADDER), ("regime", REGIME)])
def test_classes_can_be_told_apart(name, palette, deficiency, dark):
    seen = [lab(DEFICIENCIES[deficiency] @ linear(colour.on(dark))) for colour in palette.values()]
    closest = min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2))
    assert closest >= LEAST[name], (name, deficiency, closest)


@pytest.mark.parametrize("dark", [False, True])
def test_the_ladder_falls_in_lightness_step_by_step(dark):
    lightness = [lab(linear(LADDER[rung].on(dark)))[0] for rung in sorted(LADDER)]
    steps = np.diff(lightness)
    assert (steps < -4).all() if not dark else (steps > 4).all(), lightness

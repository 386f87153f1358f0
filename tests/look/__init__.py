"""`make look`: everything we show, on contact sheets for the eye, with what a machine can tell about each shot."""

import sys
from pathlib import Path

# Modules of the tests name each other without their folder, as pytest lets them.
sys.path.append(str(Path(__file__).resolve().parents[1]))

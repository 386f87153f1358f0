"""What the pixels of a shot say: how much of it is black, coloured, or one colour."""

import numpy as np
from PIL import Image

from tests.look.shots import Shot

# Every third pixel each way is enough for shares.
STEP = 3
NEAR_BLACK, COLOURED = 48, 40
# Text blackens a page by a tenth at most; a drawing whose marks have lost their colours by far more.
MOST_BLACK_PAGE, MOST_BLACK_DRAWING, LEAST_COLOUR, MOST_ONE_COLOUR = 0.5, 0.12, 0.0005, 0.998


def shares(image: Image.Image) -> dict[str, float]:
    """Shares of pixels that are near black, coloured (not grey), and of the commonest colour."""
    pixels = np.asarray(image.convert("RGB"))[::STEP, ::STEP].reshape(-1, 3).astype(np.int32)
    spread = pixels.max(axis=1) - pixels.min(axis=1)
    values = (pixels[:, 0] << 16) | (pixels[:, 1] << 8) | pixels[:, 2]
    counts = np.unique(values, return_counts=True)[1]
    return {
        "black": float((pixels.max(axis=1) < NEAR_BLACK).mean()),
        "coloured": float((spread > COLOURED).mean()),
        "commonest": float(counts.max() / len(pixels)),
    }


def judge(shot: Shot, colours: bool = True) -> None:
    """Measures a shot and adds its faults.

    Args:
        shot: with its file written.
        colours: whether drawings should show theirs; not so under forced colours and where there is no chart.
    """
    with Image.open(shot.path) as image:
        image.load()
        shot.shares = found = shares(image)
        if found["commonest"] > MOST_ONE_COLOUR:
            shot.faults.append(f"blank: {found['commonest']:.1%} of it is one colour")
        elif shot.light and found["black"] > MOST_BLACK_PAGE:
            shot.faults.append(f"black: {found['black']:.0%} of it is near black")
        for box in shot.drawings if colours else ():
            part = shares(image.crop(box))
            if shot.light and part["black"] > MOST_BLACK_DRAWING:
                shot.faults.append(f"black drawing: {part['black']:.0%} of the one at {box} is near black")
            # Of a chosen few acts or places, all may be of the palest class.
            elif part["coloured"] < LEAST_COLOUR and not shot.group.endswith("other views"):
                shot.faults.append(f"drawing without colour at {box}")

"""The Equal Earth projection on the sphere (Šavrič, Patterson, Jenny 2018).

Written out here, rather than taken from PROJ, because plotly (d3-geo) draws on the sphere: what is regular or
straight on this plane is regular or straight on the screen. PROJ's EPSG:8857 is the ellipsoidal form, which
differs by up to 0.13 degrees of latitude.
"""

import numpy as np

COEFFICIENTS = (1.340264, -0.081106, 0.000893, 0.003796)
RADIUS_KM = 6371.0088
HALF_WIDTH = 2.7066299836960748  # x of longitude 180 on the equator, on a sphere of radius 1
HALF_HEIGHT = 1.3173627591574133  # y of the pole
CENTRAL_MERIDIAN = 10  # puts the edge of the map into the Bering Strait, so that it cuts no country in two
_ROOT3 = 3**0.5


def forward(lon_lat: np.ndarray) -> np.ndarray:
    """Degrees (n, 2) as longitude, latitude -> kilometres (n, 2) as x east, y north.

    Longitudes run from -170 to 190, the edges of this map.
    """
    a1, a2, a3, a4 = COEFFICIENTS
    lon, lat = np.radians(np.asarray(lon_lat, float) - [CENTRAL_MERIDIAN, 0]).T
    theta = np.arcsin(_ROOT3 / 2 * np.sin(lat))
    square = theta * theta
    sixth = square**3
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = 2 * _ROOT3 * lon * np.cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return np.column_stack([x, y]) * RADIUS_KM


def inverse(xy: np.ndarray) -> np.ndarray:
    """Kilometres (n, 2) -> degrees (n, 2); longitudes from -170 to 190; the inverse of `forward` to about 1e-12
    degrees.
    """
    a1, a2, a3, a4 = COEFFICIENTS
    x, y = np.asarray(xy, float).T / RADIUS_KM
    theta = y.copy()
    # Newton's steps: y is nearly linear in theta, so that 8 reach the limit of a double anywhere.
    for _ in range(8):
        square = theta * theta
        sixth = square**3
        value = theta * (a1 + a2 * square + sixth * (a3 + a4 * square)) - y
        theta = theta - value / (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square))
    square = theta * theta
    slope = a1 + 3 * a2 * square + square**3 * (7 * a3 + 9 * a4 * square)
    lon = 3 * x * slope / (2 * _ROOT3 * np.cos(theta))
    lat = np.arcsin(np.clip(2 * np.sin(theta) / _ROOT3, -1, 1))
    return np.degrees(np.column_stack([lon, lat])) + [CENTRAL_MERIDIAN, 0]

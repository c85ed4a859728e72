"""Turning an image by right angles."""

from PIL import Image

CLOCKWISE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
"""Degrees clockwise to Pillow's counter-clockwise names."""

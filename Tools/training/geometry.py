"""The classic top-down crop: the same arithmetic as the program and as mmpose's non-UDP affine."""

import numpy as np


def padded_scale(box, aspect: float, padding: float = 1.25):
    """Width and height of the crop in image pixels: padded box, shorter side enlarged to the aspect (w/h)."""
    w, h = box[2] * padding, box[3] * padding
    return (w, w / aspect) if w > aspect * h else (h * aspect, h)


def crop_matrix(box, size, padding: float = 1.25, margin: float = 1.0):
    """2×3 matrix, image to crop of `size` (w, h): box centre to (w/2, h/2), `margin` > 1 shows more around."""
    width, _ = padded_scale(box, size[0] / size[1], padding)
    factor = size[0] / (width * margin)
    cx, cy = box[0] + box[2] / 2, box[1] + box[3] / 2
    return np.array([[factor, 0, size[0] / 2 - cx * factor], [0, factor, size[1] / 2 - cy * factor]], np.float32)

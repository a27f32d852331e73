"""The decoding of the pose network's output, as the program does it (`heatmap_softmax` in the model's description)."""

import cv2
import numpy as np

OKS_SIGMAS = (.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089)
TYPICAL_SCALE = 0.39      # square root of a person's area over the height of the crop


def probabilities(logits: np.ndarray) -> np.ndarray:
    """n×17×h×w logits to probabilities over the cells and one more cell of logit 0 that stands for "not here"."""
    flat = logits.reshape(*logits.shape[:2], -1).astype(np.float64)
    top = np.maximum(flat.max(-1, keepdims=True), 0)
    e = np.exp(flat - top)
    return (e / (e.sum(-1, keepdims=True) + np.exp(-top))).reshape(logits.shape)


def tolerances(height: int) -> np.ndarray:
    """The 17 deviations of OKS in cells of a map of this height, for a person of typical size."""
    return 2 * np.array(OKS_SIGMAS) * TYPICAL_SCALE * height


def vertex(before, middle, after) -> float:
    curvature = before - 2 * middle + after
    return (before - after) / (2 * curvature) if curvature < 0 else 0.0


def decode(p: np.ndarray) -> np.ndarray:
    """n×17×3: the position in cells with the highest expected OKS, and that OKS, of probabilities (ProbPose, CVPR 2025)."""
    n, joints, height, width = p.shape
    result = np.zeros((n, joints, 3))
    for j, deviation in enumerate(tolerances(height)):
        radius = int(np.ceil(3 * deviation))
        kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / deviation) ** 2)
        for i in range(n):
            q = cv2.sepFilter2D(p[i, j], -1, kernel, kernel, borderType=cv2.BORDER_CONSTANT)
            y, x = divmod(int(q.argmax()), width)
            dx = vertex(*q[y, x - 1:x + 2]) if 0 < x < width - 1 else 0
            dy = vertex(*q[y - 1:y + 2, x]) if 0 < y < height - 1 else 0
            result[i, j] = (x + dx, y + dy, min(q[y, x], 1))
    return result

"""The decoding of the pose network's output, as the program does it (`heatmap_softmax` in the model's description)."""

import numpy as np

WINDOW = 2        # cells on each side of the peak


def probabilities(logits: np.ndarray) -> np.ndarray:
    """n×17×h×w logits to probabilities over the cells and one more cell of logit 0 that stands for "not here"."""
    flat = logits.reshape(*logits.shape[:2], -1).astype(np.float64)
    top = np.maximum(flat.max(-1, keepdims=True), 0)
    e = np.exp(flat - top)
    return (e / (e.sum(-1, keepdims=True) + np.exp(-top))).reshape(logits.shape)


def decode(p: np.ndarray, window: int = WINDOW) -> np.ndarray:
    """n×17×3: position in cells and score, of probabilities.

    The peak cell, then the mean position in the window around it weighted by probability; the score is the window's sum."""
    n, joints, height, width = p.shape
    result = np.zeros((n, joints, 3))
    padded = np.pad(p, ((0, 0), (0, 0), (window, window), (window, window)))
    offsets = np.arange(-window, window + 1)
    for i in range(n):
        for j in range(joints):
            y, x = divmod(int(p[i, j].argmax()), width)
            part = padded[i, j, y:y + 2 * window + 1, x:x + 2 * window + 1]
            mass = part.sum()
            result[i, j] = (x + part.sum(0) @ offsets / max(mass, 1e-12), y + part.sum(1) @ offsets / max(mass, 1e-12), mass)
    return result

"""The detector's way: letterbox, decode, non-maximum suppression, as the program does it."""

import cv2
import numpy as np

MEAN, STD = np.array([123.675, 116.28, 103.53], np.float32), np.array([58.395, 57.12, 57.375], np.float32)
STRIDES = (8, 16, 32)
FILL = 114


def letterbox(image: np.ndarray, longest: int, multiple: int = 32):
    """The picture scaled so that its longest side is `longest`, at the top left; sides padded to multiples of 32."""
    factor = longest / max(image.shape[:2])
    w, h = round(image.shape[1] * factor), round(image.shape[0] * factor)
    canvas = np.full((-(-h // multiple) * multiple, -(-w // multiple) * multiple, 3), FILL, np.uint8)
    canvas[:h, :w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_LINEAR)
    return canvas, factor


def tensor(canvas: np.ndarray) -> np.ndarray:
    return ((canvas[:, :, ::-1].astype(np.float32) - MEAN) / STD).transpose(2, 0, 1)[None].copy()


def decode(rows: np.ndarray, height: int, width: int) -> np.ndarray:
    """A×6 (x, y, log w, log h, objectness, person) to A×5 (corners, score) in input pixels."""
    cells = []
    for stride in STRIDES:
        y, x = np.mgrid[:height // stride, :width // stride]
        cells.append(np.stack([x.ravel(), y.ravel(), np.full(x.size, stride)], 1))
    cells = np.concatenate(cells)
    centre = (rows[:, :2] + cells[:, :2]) * cells[:, 2:]
    half = np.exp(rows[:, 2:4]) * cells[:, 2:] / 2
    return np.concatenate([centre - half, centre + half, rows[:, 4:5] * rows[:, 5:6]], 1)


def suppress(boxes: np.ndarray, threshold: float) -> np.ndarray:
    """Greedy non-maximum suppression of n×5, best first."""
    boxes = boxes[np.argsort(-boxes[:, 4], kind="stable")]
    area = (boxes[:, 2:4] - boxes[:, :2]).prod(1)
    low, high = np.maximum(boxes[:, None, :2], boxes[None, :, :2]), np.minimum(boxes[:, None, 2:4], boxes[None, :, 2:4])
    inner = (high - low).clip(0).prod(2)
    clash = inner > threshold * (area[:, None] + area[None] - inner)
    alive = np.ones(len(boxes), bool)
    for i in range(len(boxes)):
        if alive[i]:
            alive[i + 1:] &= ~clash[i, i + 1:]
    return boxes[alive]


def detect(runner, image, longest, score_threshold, nms_threshold) -> np.ndarray:
    """n×5: x, y, width, height in image pixels and the score."""
    canvas, factor = letterbox(image, longest)
    rows = runner(tensor(canvas))[0]
    boxes = decode(rows, *canvas.shape[:2])
    boxes = boxes[boxes[:, 4] > score_threshold]
    boxes = suppress(boxes[np.argsort(-boxes[:, 4], kind="stable")[:600]], nms_threshold)
    boxes[:, :4] = np.clip(boxes[:, :4] / factor, 0, np.array(image.shape[1::-1] * 2))
    boxes[:, 2:4] -= boxes[:, :2]
    return boxes

"""COCO-2017 images and labels as the sources lay them out, joined by image number."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from holdout import is_held_out


@dataclass
class LabelledImage:
    image_id: int
    path: Path
    split: str            # "val" or "train" of COCO-2017
    held_out: bool
    size: tuple           # width, height
    persons: np.ndarray   # n × (4 + 17·3): x, y, w, h, then x, y, visibility; pixels


TRAIN = ("coco-train-a/train2017", "coco-train-a/val2017", "coco-train-b/data/coco/images", "coco-train-c",
         "coco-train-i", "coco-train-j")
# Pictures of several splits: only those that the labels of train2017 know are taken.
MIXED = ("coco-train-d", "coco-train-e", "coco-train-f", "coco-train-g", "coco-train-h")


def image_files(raw: Path) -> dict:
    """(split, image number) → file, for every COCO image at hand."""
    found = {}
    for path in sorted((raw / "coco-val/coco/images").rglob("*.jpg")):
        found["val", int(path.stem)] = path
    for folder in TRAIN + MIXED:
        for path in sorted((raw / folder).rglob("*.jpg")):
            digits = path.stem.split("_")[-1]
            if not digits.isdigit() or ("val", int(digits)) in found:
                continue
            if folder in TRAIN or pose_file(raw, "train", int(digits)).exists():
                found["train", int(digits)] = path
    return found


def pose_file(raw: Path, split: str, number: int) -> Path:
    return raw / f"coco-labels/labels/{split}2017/{number:012d}.txt"


def read_pose_rows(path: Path, width: int, height: int) -> np.ndarray:
    """The persons of a YOLO-pose label file in pixels."""
    if not path.exists():
        return np.zeros((0, 55), np.float32)
    rows = []
    for line in path.read_text().splitlines():
        v = np.array(line.split(), np.float64)
        if len(v) != 56:
            continue
        cx, cy, w, h = v[1:5] * (width, height, width, height)
        keypoints = v[5:].reshape(17, 3) * (width, height, 1)
        rows.append(np.concatenate([[cx - w / 2, cy - h / 2, w, h], keypoints.ravel()]))
    return np.array(rows, np.float32).reshape(-1, 55)


def labelled_images(raw: Path):
    """All COCO images at hand with their keypoint-labelled persons (possibly none)."""
    for (split, number), path in image_files(raw).items():
        image = cv2.imread(str(path))
        if image is None:
            continue
        height, width = image.shape[:2]
        yield LabelledImage(number, path, split, split == "val" and is_held_out(number), (width, height),
                            read_pose_rows(pose_file(raw, split, number), width, height))

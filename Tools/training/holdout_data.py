"""The hold-out as COCO ground truth for pycocotools: 462 images, persons with keypoints, and all person boxes."""

from pathlib import Path

import cv2
import numpy as np
from pycocotools.coco import COCO

from coco_labels import image_files, pose_file, read_pose_rows
from holdout import is_held_out

AREA_OF_BOX = 0.53    # the labels have no masks: area is taken as this share of the box
JOINTS = ["nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
          "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
          "right_ankle"]


def held_out_images(raw: Path, need_pose=True):
    """(image number, path, width, height, pose rows) of the hold-out's images that have persons with keypoints."""
    for (split, number), path in image_files(raw).items():
        if split != "val" or not is_held_out(number):
            continue
        height, width = cv2.imread(str(path)).shape[:2]
        rows = read_pose_rows(pose_file(raw, "val", number), width, height)
        if len(rows) or not need_pose:
            yield number, path, width, height, rows


def coco_object(images, annotations) -> COCO:
    truth = COCO()
    truth.dataset = {"images": images, "annotations": annotations, "info": {},
                     "categories": [{"id": 1, "name": "person", "keypoints": JOINTS, "skeleton": []}]}
    truth.createIndex()
    return truth


def pose_truth(raw: Path):
    """(COCO object, {image number: path}) for keypoints."""
    images, annotations, paths = [], [], {}
    for number, path, width, height, rows in held_out_images(raw):
        images.append({"id": number, "width": width, "height": height, "file_name": path.name})
        paths[number] = path
        for row in rows:
            x, y, w, h = (float(v) for v in row[:4])
            keypoints = row[4:].reshape(17, 3).astype(float)
            annotations.append({"id": len(annotations) + 1, "image_id": number, "category_id": 1, "bbox": [x, y, w, h],
                                "area": AREA_OF_BOX * w * h, "iscrowd": 0, "keypoints": keypoints.ravel().tolist(),
                                "num_keypoints": int((keypoints[:, 2] > 0).sum())})
    return coco_object(images, annotations), paths


def box_rows(raw: Path, path: Path, width: int, height: int) -> np.ndarray:
    """All person boxes of a val2017 image (x, y, w, h), crowds included, from the box labels beside it."""
    label = Path(str(path).replace("/images/", "/labels/")).with_suffix(".txt")
    if not label.exists():
        return np.zeros((0, 4), np.float32)
    rows = [np.array(line.split(), np.float64) for line in label.read_text().splitlines()]
    boxes = [[(r[1] - r[3] / 2) * width, (r[2] - r[4] / 2) * height, r[3] * width, r[4] * height] for r in rows if len(r) == 5 and r[0] == 0]
    return np.array(boxes, np.float32).reshape(-1, 4)


def crowds(boxes: np.ndarray, posed: np.ndarray) -> np.ndarray:
    """Which boxes of a val2017 image hold a crowd: the labels do not say, but COCO gives keypoints to nearly everyone but crowds
    and people below 32² pixels. So: no box with keypoints (`posed`) fits, and it is large or wide."""
    low = np.maximum(boxes[:, None, :2], posed[None, :, :2])
    high = np.minimum((boxes[:, :2] + boxes[:, 2:])[:, None], (posed[:, :2] + posed[:, 2:])[None])
    inner, area = (high - low).clip(0).prod(2), boxes[:, 2:].prod(1)
    fits = inner / (area[:, None] + posed[:, 2:].prod(1)[None] - inner) > 0.85
    return ~fits.any(1) & ((area > 64**2) | ((area > 32**2) & (boxes[:, 2] > 1.5 * boxes[:, 3])))

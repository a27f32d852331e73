"""People of the other sources: Leeds Sports Pose (14 joints) and boxes without poses."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import scipy.io

# Leeds Sports joint → COCO-17 index; neck and head top have no place there.
LSP_TO_COCO = {0: 16, 1: 14, 2: 12, 3: 11, 4: 13, 5: 15, 6: 10, 7: 8, 8: 6, 9: 5, 10: 7, 11: 9}


def lsp_persons(raw: Path):
    """(path, box, 17×3 keypoints) of each Leeds Sports image; visibility 0 where the joint is missing."""
    joints = scipy.io.loadmat(raw / "lsp/joints.mat")["joints"]
    for index in range(joints.shape[2]):
        path = raw / f"lsp/images/im{index + 1:05d}.jpg"
        seen = joints[:, 2, index] > 0
        if seen.sum() < 8 or not path.exists():
            continue
        xy = joints[:, :2, index]
        low, high = xy[seen].min(0), xy[seen].max(0)
        margin = 0.08 * (high - low).max()
        keypoints = np.zeros((17, 3), np.float32)
        for source, target in LSP_TO_COCO.items():
            if seen[source]:
                keypoints[target] = (*xy[source], 2)
        yield path, np.concatenate([low - margin, high - low + 2 * margin]), keypoints


def person_tracker_images(raw: Path, per_scene: int):
    """(path, n×4 boxes in pixels) of at most `per_scene` variants of each scene."""
    taken = {}
    for path in sorted((raw / "person-tracker").rglob("images/*.jpg")):
        scene = path.name.split(".rf.")[0]
        taken[scene] = taken.get(scene, 0) + 1
        if taken[scene] > per_scene:
            continue
        label = path.parent.parent / "labels" / (path.stem + ".txt")
        rows = [np.array(line.split(), np.float64) for line in label.read_text().splitlines()]
        boxes = []
        for row in rows:
            if len(row) == 5:
                boxes.append([row[1] - row[3] / 2, row[2] - row[4] / 2, row[3], row[4]])
            elif len(row) > 6:                      # an outline: its bounding box
                xs, ys = row[1::2], row[2::2]
                boxes.append([xs.min(), ys.min(), np.ptp(xs), np.ptp(ys)])
        yield path, np.array(boxes, np.float32).reshape(-1, 4) * 640


def pedestrian_images(raw: Path):
    """(path, n×4 person boxes in pixels); background people are not boxed."""
    for label in sorted((raw / "pedestrians/Annotations").glob("*.xml")):
        path = raw / "pedestrians/JPEGImages" / (label.stem + ".jpg")
        if not path.exists():
            continue
        boxes = []
        for item in ElementTree.parse(label).getroot().iter("object"):
            if item.findtext("name") != "person":
                continue
            corners = [float(item.find("bndbox").findtext(k)) for k in ("xmin", "ymin", "xmax", "ymax")]
            boxes.append([corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]])
        yield path, np.array(boxes, np.float32).reshape(-1, 4)

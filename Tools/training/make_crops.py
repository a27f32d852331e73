"""Pose training data: every person as one 216×288 crop (1.5 times the network's view at 144×192) in a memory map.

    python make_crops.py --data DIR

Writes DIR/pose/crops.u8 (n×288×216×3, BGR), people.npz (keypoints in crop pixels, source, held out or not).
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from coco_labels import labelled_images
from geometry import crop_matrix
from other_people import lsp_persons, pedestrian_images, person_tracker_images

SIZE = (216, 288)
MARGIN = 1.5
COCO, LSP, TRACKER, PEDESTRIAN = range(4)


def people(raw: Path):
    """(image path, box, 17×3 keypoints, source, number of the COCO image or 0)."""
    for image in labelled_images(raw):
        if image.held_out:
            continue
        for row in image.persons:
            keypoints = row[4:].reshape(17, 3)
            if (keypoints[:, 2] > 0).sum() >= 2:
                yield image.path, row[:4], keypoints, COCO
    for path, box, keypoints in lsp_persons(raw):
        yield path, box, keypoints, LSP
    nothing = np.zeros((17, 3), np.float32)
    for path, boxes in person_tracker_images(raw, per_scene=1):
        for box in boxes:
            if box[3] >= 64:
                yield path, box, nothing, TRACKER
    for path, boxes in pedestrian_images(raw):
        for box in boxes:
            if box[3] >= 64:
                yield path, box, nothing, PEDESTRIAN


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    (data / "pose").mkdir(parents=True, exist_ok=True)
    keypoints, sources, last, image = [], [], None, None
    with open(data / "pose/crops.u8", "wb") as crops:
        for path, box, points, source in people(data / "raw"):
            if path != last:
                image, last = cv2.imread(str(path)), path
            matrix = crop_matrix(box, SIZE, margin=MARGIN)
            crop = cv2.warpAffine(image, matrix, SIZE, flags=cv2.INTER_LINEAR)
            points = points.copy()
            points[:, :2] = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
            crops.write(crop.tobytes())
            keypoints.append(points)
            sources.append(source)
    np.savez(data / "pose/people.npz", keypoints=np.array(keypoints, np.float32), source=np.array(sources))
    print(np.bincount(sources), "persons of COCO, Leeds Sports, Person-Tracker, pedestrians")


if __name__ == "__main__":
    main()

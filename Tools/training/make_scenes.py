"""Detector training data: every picture at a longest side of 448 pixels in one file, with its person boxes.

    python make_scenes.py --data DIR

Writes DIR/boxes/pixels.u8 and scenes.npz: sizes, where each picture's bytes begin, boxes (x, y, w, h in its pixels), which of
them are crowds, and the source, which says how far the background may be trusted.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from coco_labels import labelled_images
from holdout_data import box_rows, crowds
from other_people import lsp_persons, pedestrian_images, person_tracker_images

LONGEST = 448
COCO_VAL, COCO_TRAIN, LSP, TRACKER, PEDESTRIAN = range(5)
BACKGROUND = {COCO_VAL: 1.0, COCO_TRAIN: 0.5, LSP: 0.1, TRACKER: 0.5, PEDESTRIAN: 0.1}


def scenes(raw: Path):
    """(path, n×4 boxes, n times whether it is a crowd, source)."""
    for image in labelled_images(raw):
        if image.held_out:
            continue
        if image.split == "val":
            boxes = box_rows(raw, image.path, *image.size)
            yield image.path, boxes, crowds(boxes, image.persons[:, :4]), COCO_VAL
        else:
            yield image.path, image.persons[:, :4], np.zeros(len(image.persons), bool), COCO_TRAIN
    for number, (path, box, _) in enumerate(lsp_persons(raw)):
        if number % 5 == 0:
            yield path, box[None], np.zeros(1, bool), LSP
    for images, source in ((person_tracker_images(raw, per_scene=2), TRACKER), (pedestrian_images(raw), PEDESTRIAN)):
        for path, boxes in images:
            yield path, boxes, np.zeros(len(boxes), bool), source


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    (data / "boxes").mkdir(parents=True, exist_ok=True)
    sizes, starts, all_boxes, all_crowds, counts, sources, position = [], [], [], [], [], [], 0
    with open(data / "boxes/pixels.u8", "wb") as pixels:
        for path, boxes, crowded, source in scenes(data / "raw"):
            image = cv2.imread(str(path))
            factor = min(1.0, LONGEST / max(image.shape[:2]))
            if factor < 1:
                image = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            pixels.write(image.tobytes())
            sizes.append(image.shape[1::-1])
            starts.append(position)
            position += image.size
            all_boxes.append(np.asarray(boxes, np.float32).reshape(-1, 4) * factor)
            all_crowds.append(crowded)
            counts.append(len(all_boxes[-1]))
            sources.append(source)
    np.savez(data / "boxes/scenes.npz", size=np.array(sizes), start=np.array(starts), boxes=np.concatenate(all_boxes),
             crowd=np.concatenate(all_crowds), count=np.array(counts), source=np.array(sources))
    print(np.bincount(sources), "pictures of COCO val, COCO train, Leeds Sports, Person-Tracker, pedestrians;", sum(counts), "boxes,", int(sum(c.sum() for c in all_crowds)), "of them crowds")


if __name__ == "__main__":
    main()

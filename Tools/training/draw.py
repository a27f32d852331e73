"""Boxes and poses of the exported models drawn over frames of videos or pictures, as one contact sheet (PNG).

    python draw.py --detector person-detector.onnx --pose pose-coco17.onnx --output sheet.png FILE...
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from decode_boxes import detect
from evaluate_pose import onnx_runner, poses

LINKS = ((15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7), (6, 8), (7, 9), (8, 10),
         (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6))


def frames(path: str, count: int):
    image = cv2.imread(path) if Path(path).suffix in (".jpg", ".png") else None
    if image is not None:
        yield image
        return
    video = cv2.VideoCapture(path)
    total = int(video.get(cv2.CAP_PROP_FRAME_COUNT))
    wanted = set(np.linspace(0, max(total - 2, 0), count).astype(int).tolist())
    index = 0
    while True:
        good, image = video.read()
        if not good:
            return
        if index in wanted:
            yield image
        index += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--detector", type=Path, required=True)
    parser.add_argument("--pose", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--frames", type=int, default=4, help="frames of each video")
    parser.add_argument("--score-threshold", type=float, default=0.3)
    parser.add_argument("--size", type=int, nargs=2, default=(144, 192), metavar=("W", "H"))
    a = parser.parse_args()
    find, estimate = onnx_runner(a.detector, 1), onnx_runner(a.pose, 1)
    tiles = []
    for file in a.files:
        for image in frames(file, a.frames):
            boxes = detect(find, image, 384, a.score_threshold, 0.5)
            points = poses(estimate, image, boxes[:, :4], tuple(a.size)) if len(boxes) else []
            factor = 400 / max(image.shape[:2])
            picture = cv2.resize(image, None, fx=factor, fy=factor)
            for box, pose in zip(boxes, points):
                x, y, w, h = (box[:4] * factor).astype(int).tolist()
                cv2.rectangle(picture, (x, y), (x + w, y + h), (0, 255, 255), 1)
                cv2.putText(picture, f"{box[4]:.2f}", (x, y + 10), 0, 0.35, (0, 255, 255), 1)
                spots = (pose[:, :2] * factor).astype(int)
                for i, j in LINKS:
                    if pose[i, 2] > 0.3 and pose[j, 2] > 0.3:
                        cv2.line(picture, spots[i].tolist(), spots[j].tolist(), (0, 255, 0) if i % 2 else (0, 128, 255), 2)
            tile = np.zeros((400, 400, 3), np.uint8)
            tile[:picture.shape[0], :picture.shape[1]] = picture[:400, :400]
            tiles.append(tile)
    columns = 5
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % columns)
    cv2.imwrite(str(a.output), np.concatenate([np.concatenate(tiles[i:i + columns], 1) for i in range(0, len(tiles), columns)]))


if __name__ == "__main__":
    main()

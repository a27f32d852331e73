"""AP of poses on the hold-out of val2017 with the detector's boxes instead of the labelled ones.

    python evaluate_both.py --data DIR --detector person-detector.onnx --pose pose-coco17.onnx [--flip]

The score of a pose is the box's score times the mean of its keypoint scores above 0.2, as in mmpose.
"""

import argparse
from pathlib import Path

import cv2

from decode_boxes import detect
from evaluate_pose import evaluate, onnx_runner, poses
from holdout_data import pose_truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--detector", type=Path, required=True)
    parser.add_argument("--pose", type=Path, required=True)
    parser.add_argument("--size", type=int, nargs=2, default=(144, 192), metavar=("W", "H"))
    parser.add_argument("--longest", type=int, default=384)
    parser.add_argument("--score-threshold", type=float, default=0.05)
    parser.add_argument("--flip", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    find, estimate = onnx_runner(a.detector, a.threads), onnx_runner(a.pose, a.threads)
    truth, paths = pose_truth(a.data / "raw")
    results = []
    for number, path in paths.items():
        image = cv2.imread(str(path))
        boxes = detect(find, image, a.longest, a.score_threshold, 0.55)[:40]
        boxes = boxes[(boxes[:, 2:4] > 4).all(1)]
        if len(boxes) == 0:
            continue
        for box, points in zip(boxes, poses(estimate, image, boxes[:, :4], tuple(a.size), a.flip)):
            sure = points[:, 2][points[:, 2] > 0.2]
            score = float(box[4] * (sure.mean() if len(sure) else 0))
            results.append({"image_id": number, "category_id": 1, "keypoints": points.ravel().tolist(), "score": score})
    print(len(paths), "images,", len(results), "poses")
    evaluate(truth, results)


if __name__ == "__main__":
    main()

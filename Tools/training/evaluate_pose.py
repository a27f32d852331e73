"""AP of the pose network on the hold-out of val2017 with ground-truth boxes, by pycocotools.

    python evaluate_pose.py --data DIR --model pose-coco17.onnx [--flip]
    python evaluate_pose.py --data DIR --checkpoint RUN/last.pt --size 144 192
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from pycocotools.cocoeval import COCOeval

from decode_pose import decode, probabilities
from geometry import crop_matrix
from holdout_data import pose_truth
from pose_data import FLIP

MEAN, STD = np.array([123.675, 116.28, 103.53], np.float32), np.array([58.395, 57.12, 57.375], np.float32)


def onnx_runner(path, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options)
    name = session.get_inputs()[0].name
    return lambda x: session.run(None, {name: x})[0]


def checkpoint_runner(path, threads):
    import torch
    import export_networks
    torch.set_num_threads(threads)
    network = export_networks.pose(path)
    return lambda x: network(torch.from_numpy(x)).detach().numpy()


def tensors(image, boxes, size) -> np.ndarray:
    """The network's input for the boxes of one BGR image."""
    crops = [cv2.warpAffine(image, crop_matrix(b, size), size, flags=cv2.INTER_LINEAR)[:, :, ::-1] for b in boxes]
    return ((np.array(crops, np.float32) - MEAN) / STD).transpose(0, 3, 1, 2).copy()


def poses(runner, image, boxes, size, flip=False) -> np.ndarray:
    """n×17×3 in image pixels."""
    x = tensors(image, boxes, size)
    p = probabilities(runner(x))
    if flip:
        p = (p + probabilities(runner(x[..., ::-1].copy()))[:, FLIP, :, ::-1]) / 2
    points = decode(p)
    for i, box in enumerate(boxes):
        matrix = crop_matrix(box, size)
        points[i, :, :2] = (points[i, :, :2] * size[0] / p.shape[3] - matrix[:, 2]) / matrix[0, 0]
    return points


def evaluate(truth, results, kind="keypoints"):
    evaluation = COCOeval(truth, truth.loadRes(results), kind)
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return evaluation.stats


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--size", type=int, nargs=2, default=(144, 192), metavar=("W", "H"))
    parser.add_argument("--flip", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--predictions", type=Path, help="where to write the predictions, COCO results JSON")
    a = parser.parse_args()
    size = tuple(a.size)
    runner = onnx_runner(a.model, a.threads) if a.model else checkpoint_runner(a.checkpoint, a.threads)
    truth, paths = pose_truth(a.data / "raw")
    results = []
    for number, path in paths.items():
        annotations = truth.imgToAnns[number]
        boxes = [x["bbox"] for x in annotations]
        for box, points in zip(boxes, poses(runner, cv2.imread(str(path)), boxes, size, a.flip)):
            results.append({"image_id": number, "category_id": 1, "keypoints": points.ravel().tolist(),
                            "score": float(points[:, 2].mean()), "bbox": box})
    if a.predictions:
        a.predictions.write_text(json.dumps(results))
    print(len(paths), "images,", len(results), "persons")
    evaluate(truth, results)


if __name__ == "__main__":
    main()

"""AP of the detector on the hold-out of val2017, by pycocotools.

    python evaluate_detector.py --data DIR --model person-detector.onnx [--longest 384]
    python evaluate_detector.py --data DIR --checkpoint RUN/last.pt

Counted are boxes over 32×32 pixels of the original picture; smaller ones are ignored. The labels do not say which
boxes are crowds, so crowds count as persons that were missed; with --guess-crowds those that look like one are left out,
as COCO leaves out the ones it knows.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from pycocotools.cocoeval import COCOeval

from decode_boxes import detect
from evaluate_pose import onnx_runner
from holdout_data import box_rows, coco_object, crowds, held_out_images


def checkpoint_runner(path, weights, threads):
    import torch
    import export_networks
    torch.set_num_threads(threads)
    network = export_networks.detector(path, weights)
    return lambda x: network(torch.from_numpy(x)).detach().numpy()


def box_truth(raw: Path, guesses_crowds=False):
    images, annotations, paths = [], [], {}
    for number, path, width, height, persons in held_out_images(raw):
        images.append({"id": number, "width": width, "height": height, "file_name": path.name})
        paths[number] = path
        boxes = box_rows(raw, path, width, height)
        for box, crowd in zip(boxes, crowds(boxes, persons[:, :4])):
            annotations.append({"id": len(annotations) + 1, "image_id": number, "category_id": 1,
                                "iscrowd": int(crowd and guesses_crowds),
                                "bbox": [float(v) for v in box], "area": float(box[2] * box[3])})
    return coco_object(images, annotations), paths


def report(truth, results) -> None:
    evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
    p = evaluation.params
    p.areaRng = [[0, 1e10], [32**2, 1e10], [32**2, 96**2], [96**2, 1e10]]
    p.areaRngLbl = ["all", "over 32²", "32² to 96²", "over 96²"]
    evaluation.evaluate()
    evaluation.accumulate()
    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]     # T R K A M, T K A M
    for i, label in enumerate(p.areaRngLbl):
        print(f"{label:>12}: AP50 {precision[0, :, 0, i, -1].mean():.3f}  AP {precision[:, :, 0, i, -1].mean():.3f}  recall50 {recall[0, 0, i, -1]:.3f}")


def thresholds(truth, results) -> None:
    """Precision and recall of persons over 32² at IoU 0.5 for some score thresholds."""
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        evaluation = COCOeval(truth, truth.loadRes([r for r in results if r["score"] >= threshold]), "bbox")
        evaluation.params.areaRng, evaluation.params.areaRngLbl, evaluation.params.iouThrs = [[32**2, 1e10]], ["x"], np.array([0.5])
        evaluation.evaluate()
        hits = wrong = people = 0
        for e in evaluation.evalImgs:
            if e:
                valid = ~e["dtIgnore"][0].astype(bool)
                hits += (e["dtMatches"][0][valid] > 0).sum()
                wrong += (e["dtMatches"][0][valid] == 0).sum()
                people += (np.array(e["gtIgnore"]) == 0).sum()
        print(f"score ≥ {threshold}: precision {hits / max(1, hits + wrong):.3f}  recall {hits / people:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--weights", choices=("average", "network"), default="network", help="of the checkpoint")
    parser.add_argument("--guess-crowds", action="store_true")
    parser.add_argument("--longest", type=int, default=384)
    parser.add_argument("--nms", type=float, default=0.55)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    runner = onnx_runner(a.model, a.threads) if a.model else checkpoint_runner(a.checkpoint, a.weights, a.threads)
    truth, paths = box_truth(a.data / "raw", a.guess_crowds)
    results = []
    for number, path in paths.items():
        for box in detect(runner, cv2.imread(str(path)), a.longest, 0.03, a.nms):
            results.append({"image_id": number, "category_id": 1, "bbox": box[:4].tolist(), "score": float(box[4])})
    print(len(paths), "images,", len(truth.anns), "boxes,", len(results), "detections")
    report(truth, results)
    thresholds(truth, results)


if __name__ == "__main__":
    main()

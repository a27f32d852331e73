"""The figures of the model card: the program's own engine, decoder and evaluation on the hold-out of val2017, beside
those of pycocotools on the same predictions.

    python evaluate_program.py --data DIR --program ../../.build/release/posetrail

Poses with labelled boxes, boxes of the detector, and poses in the detector's boxes. The pictures are linked into one
folder a size, so that the program reads each as it is. Fails where the two evaluations differ.
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from pycocotools.cocoeval import COCOeval

from evaluate_detector import box_truth
from holdout_data import pose_truth

KEYPOINTS = ["AP", "AP50", "AP75", "APm", "APl", "AR", "AR50", "AR75", "ARm", "ARl"]      # pycocotools' order
TOLERANCE = 1e-6


class Program:
    """The command, working in a folder that holds the pictures by size."""

    def __init__(self, binary: Path, work: Path, options):
        self.binary, self.work, self.options = binary.resolve(), work, options

    def run(self, *arguments):
        subprocess.run([str(self.binary), *map(str, arguments)], check=True, cwd=self.work)

    def link_pictures(self, truth, paths):
        """One folder a size, its pictures in the order in which the program reads them."""
        self.folders = {}
        for number in sorted(paths):
            size = "{width}x{height}".format(**truth.imgs[number])
            folder = self.work / "pictures" / size
            folder.mkdir(parents=True, exist_ok=True)
            os.symlink(paths[number].resolve(), folder / f"{number:012}.jpg")
            self.folders.setdefault(size, []).append(number)

    def poses(self, *boxes):
        """COCO results of every picture."""
        for old in self.work.glob("poses/*"):
            old.unlink()
        self.run("estimate", *(f"pictures/{size}" for size in self.folders), "-o", "poses", "--quiet", *boxes, *self.options)
        results = []
        for size in self.folders:
            recording = json.loads((self.work / f"poses/{size}.poses.json").read_text())
            numbers = {image["id"]: int(Path(image["name"]).stem) for image in recording["images"]}
            for person in recording["annotations"]:
                keypoints = [0 if value is None else value for value in person["pose"]]
                results.append({"image_id": numbers[person["image_id"]], "category_id": 1, "keypoints": keypoints,
                                "score": person["score"]})
        return results

    def boxes(self, threshold):
        results = []
        for size, numbers in self.folders.items():
            self.run("detect", f"pictures/{size}", "-o", "boxes.json", "--box-threshold", threshold, "--quiet", "--force")
            for found in json.loads((self.work / "boxes.json").read_text()):
                results.append(found | {"image_id": numbers[found["image_id"]]})
        return results

    def evaluate(self, protocol, truth, results):
        (self.work / "truth.json").write_text(json.dumps(truth.dataset))
        (self.work / "results.json").write_text(json.dumps(results))
        subprocess.run([str(self.binary), "evaluate", protocol, "--ground-truth", "truth.json", "--predictions", "results.json",
                        "--json", "figures.json"], check=True, cwd=self.work, stdout=subprocess.DEVNULL)
        return json.loads((self.work / "figures.json").read_text())


def pycocotools(truth, results, kind):
    evaluation = COCOeval(truth, truth.loadRes(results), kind)
    evaluation.evaluate()
    evaluation.accumulate()
    return evaluation


def keypoint_figures(truth, results):
    evaluation = pycocotools(truth, results, "keypoints")
    evaluation.summarize()
    return dict(zip(KEYPOINTS, evaluation.stats))


def box_figures(truth, results):
    """AP and AP50 of all boxes, and AP50 of those over 32²."""
    evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
    evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10], [32**2, 1e10]], ["all", "over 32²"]
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"]        # T R K A M
    mean = lambda values: float(np.mean(values))
    return {"AP": mean(precision[:, :, 0, 0, -1]), "AP50": mean(precision[0, :, 0, 0, -1]),
            "AP50ml": mean(precision[0, :, 0, 1, -1])}


def report(title, own, theirs) -> bool:
    print(f"\n{title}\n{'':8} program  pycocotools")
    for name, value in theirs.items():
        print(f"{name:8} {own[name]:.4f}   {value:.4f}")
    return all(abs(own[name] - value) <= TOLERANCE for name, value in theirs.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--parts", nargs="+", default=["poses", "boxes", "both"], choices=["poses", "boxes", "both"])
    parser.add_argument("options", nargs="*", help="options for `posetrail estimate`, after --, such as --flip-test")
    a = parser.parse_args()
    people, paths = pose_truth(a.data / "raw")
    with tempfile.TemporaryDirectory() as folder:
        program = Program(a.program, Path(folder), a.options)
        program.link_pictures(people, paths)
        agree = []
        if "poses" in a.parts:
            (program.work / "people.json").write_text(json.dumps(people.dataset))
            results = program.poses("--boxes", "people.json")
            agree.append(report(f"Poses in {len(results)} labelled boxes",
                                program.evaluate("coco", people, results), keypoint_figures(people, results)))
        if "boxes" in a.parts:
            boxes, _ = box_truth(a.data / "raw")
            results = program.boxes(0.03)
            agree.append(report(f"{len(results)} boxes of the detector",
                                program.evaluate("boxes", boxes, results), box_figures(boxes, results)))
        if "both" in a.parts:
            results = program.poses("--box-threshold", "0.05")
            agree.append(report(f"Poses in {len(results)} boxes of the detector",
                                program.evaluate("coco", people, results), keypoint_figures(people, results)))
    if not all(agree):
        raise SystemExit("the program's figures are not those of pycocotools")


if __name__ == "__main__":
    main()

"""Evaluates files with posetrail and with the published tools: compare_evaluation.py FIXTURES

Prints the largest difference of any figure for each file, how much processor time a large one takes either, and how much a
validation of PoseTrack18 takes us. Exit status 1 where a difference is larger than 1e-6.
"""

import contextlib
import io
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy

# py-motmetrics 1.4 asks for what NumPy 2 has under another name.
numpy.asfarray = lambda values: numpy.asarray(values, dtype=float)

import motmetrics
import trackeval
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from xtcocotools.coco import COCO as XCOCO
from xtcocotools.cocoeval import COCOeval as XCOCOeval

PROGRAM = os.environ["POSETRAIL"]
KEYPOINTS = ["AP", "AP50", "AP75", "APm", "APl", "AR", "AR50", "AR75", "ARm", "ARl"]
CROWD = ["AP", "AP50", "AP75", "AR", "AR50", "AR75", "AP_easy", "AP_medium", "AP_hard"]
COCO_SIGMAS = [0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087,
               0.089, 0.089]
AIC_SIGMAS = [0.01388152, 0.01515228, 0.01057665, 0.01417709, 0.01497891, 0.01402144, 0.03909642, 0.03686941, 0.01981803,
              0.03843971, 0.03412318, 0.02415081, 0.01291456, 0.01236173]
CROWD_SIGMAS = [0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089, 0.079, 0.079]


def posetrail(protocol, truth, predictions):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "figures.json"
        subprocess.run([PROGRAM, "evaluate", protocol, "--ground-truth", truth, "--predictions", predictions, "--json", file],
                       check=True, stdout=subprocess.DEVNULL)
        return json.loads(file.read_text())


def coco(truth, predictions):
    dataset = COCO(str(truth))
    evaluation = COCOeval(dataset, dataset.loadRes(str(predictions)), "keypoints")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return dict(zip(KEYPOINTS, evaluation.stats))


def extended(truth, predictions, kind, sigmas, use_area=True, names=KEYPOINTS):
    dataset = XCOCO(str(truth))
    evaluation = XCOCOeval(dataset, dataset.loadRes(str(predictions)), kind, numpy.array(sigmas), use_area=use_area)
    evaluation.params.useSegm = None
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return dict(zip(names, evaluation.stats))


def whole_body(truth, predictions):
    return {f"body.{name}": value for name, value in extended(truth, predictions, "keypoints_body", COCO_SIGMAS).items()
            if name in ("AP", "AP50", "AP75", "AR", "AR50", "AR75")}


def boxes(truth, predictions):
    """The classes of TrackEval on MOT text without preprocessing, and py-motmetrics."""
    accumulator = motmetrics.utils.compare_to_groundtruth(
        motmetrics.io.loadtxt(truth, fmt="mot15-2D", min_confidence=1),
        motmetrics.io.loadtxt(predictions, fmt="mot15-2D"), "iou", distth=0.5)
    names = ["mota", "motp", "idf1", "num_switches", "num_misses", "num_false_positives"]
    return motmetrics.metrics.create().compute(accumulator, metrics=names).iloc[0].to_dict()


def mot_data(truth, predictions):
    def rows(file):
        return numpy.loadtxt(file, delimiter=",", ndmin=2)

    ours, theirs = rows(truth), rows(predictions)
    number = {side: {value: index for index, value in enumerate(sorted(set(table[:, 1])))}
              for side, table in (("gt", ours), ("tracker", theirs))}
    data = {"gt_ids": [], "tracker_ids": [], "similarity_scores": []}
    frames = range(1, int(max(ours[:, 0].max(), theirs[:, 0].max())) + 1)
    for frame in frames:
        a, b = ours[(ours[:, 0] == frame) & (ours[:, 6] != 0)], theirs[theirs[:, 0] == frame]
        data["gt_ids"].append(numpy.array([number["gt"][value] for value in a[:, 1]], dtype=int))
        data["tracker_ids"].append(numpy.array([number["tracker"][value] for value in b[:, 1]], dtype=int))
        data["similarity_scores"].append(
            trackeval.datasets._base_dataset._BaseDataset._calculate_box_ious(a[:, 2:6], b[:, 2:6], box_format="xywh"))
    for side in ("gt", "tracker"):
        data[f"num_{side}_ids"] = len(number[side])
        data[f"num_{side}_dets"] = sum(map(len, data[f"{side}_ids"]))
    data["num_timesteps"] = len(frames)
    return data


def tracks(truth, predictions):
    data = mot_data(truth, predictions)
    figures = {}
    for metric in (trackeval.metrics.HOTA(), trackeval.metrics.CLEAR({"PRINT_CONFIG": False}),
                   trackeval.metrics.Identity({"PRINT_CONFIG": False})):
        for name, value in metric.eval_sequence(data).items():
            figures[name] = float(numpy.mean(value))
    return {name: value for name, value in figures.items() if not name.startswith("HOTA_")}


def compare(what, expected, found):
    shared = [name for name in expected if found.get(name) is not None]
    difference = max((abs(expected[name] - found[name]) for name in shared), default=float("nan"))
    print(f"{what:64}{len(shared):4} figures{difference:12.2e}", flush=True)
    return difference


def quietly(body, *arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        return body(*arguments)


def large(folder):
    """2,000 pictures with four people and twelve detections each."""
    random = numpy.random.default_rng(5)
    images, annotations, results = [], [], []
    for image in range(1, 2001):
        images.append({"id": image, "file_name": f"{image:012}.jpg", "width": 640, "height": 480})
        for person in range(4):
            x, y, side = *random.uniform(0, 400, 2), random.uniform(40, 200)
            points = numpy.stack([x + random.uniform(0, side, 17), y + random.uniform(0, side, 17)], axis=1)
            labels = [number for point in points for number in (*map(float, point.round(1)), 2)]
            annotations.append({"id": len(annotations) + 1, "image_id": image, "category_id": 1, "iscrowd": 0, "area": side * side,
                                "bbox": [x, y, side, side], "num_keypoints": 17, "keypoints": labels})
            for _ in range(3):
                moved = points + random.normal(0, side / 25, points.shape)
                results.append({"image_id": image, "category_id": 1, "score": float(random.uniform()),
                                "keypoints": [number for point in moved for number in (*map(float, point.round(2)), 1)]})
    (folder / "gt.json").write_text(json.dumps(
        {"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "person"}]}))
    (folder / "pred.json").write_text(json.dumps(results))


def validation(folder):
    """74 sequences of 80 to 160 frames with two to twelve people each, as large as the validation set of PoseTrack18."""
    random = numpy.random.default_rng(7)
    joints = ("nose head_bottom head_top left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist "
              "right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle").split()
    categories = [{"id": 1, "name": "person", "keypoints": joints, "skeleton": []}]
    for side in ("gt", "pred"):
        (folder / side).mkdir()
    people = 0
    for number in range(1000, 1074):
        images, lists = [], {"gt": [], "pred": []}
        starts = random.uniform((50, 50), (1500, 700), (random.integers(2, 13), 2))
        steps, sizes = random.uniform(-3, 3, starts.shape), random.uniform(60, 250, len(starts))
        for frame in range(random.integers(80, 161)):
            image = 10_000_000_000 + number * 10_000 + frame
            images.append({"id": image, "frame_id": image, "vid_id": f"{number:06}", "is_labeled": True,
                           "file_name": f"images/val/{number:06}_mpii_test/{frame:06}.jpg"})
            for track, (start, step, size) in enumerate(zip(starts, steps, sizes)):
                points = start + step * frame + size * random.uniform(0, 1, (17, 2))
                seen = random.uniform(0, 1, 17) < 0.9
                seen[3:5] = False
                moved = points + random.normal(0, size / 40, points.shape)
                annotation = {"image_id": image, "track_id": track, "category_id": 1, "id": image * 100 + track}
                lists["gt"].append({**annotation, "bbox_head": [*start, size * 0.15, size * 0.15], "keypoints": [
                    value for point, flag in zip(points, seen) for value in (*map(float, point), int(flag))]})
                lists["pred"].append({**annotation, "scores": random.uniform(0, 1, 17).tolist(), "keypoints": [
                    value for point in moved for value in (*map(float, point), 1)]})
                people += 1
        for side, annotations in lists.items():
            (folder / side / f"{number:06}_mpii_test.json").write_text(
                json.dumps({"images": images, "annotations": annotations, "categories": categories}))
    return people


def processor_time():
    """Of this process, and of the programs that it has started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time(), children.ru_utime + children.ru_stime


def main():
    fixtures = pathlib.Path(sys.argv[1])
    sets = [
        ("coco_", "coco", coco),
        ("ochuman_", "ochuman", lambda t, p: extended(t, p, "keypoints", COCO_SIGMAS)),
        ("aic_", "aic", lambda t, p: extended(t, p, "keypoints", AIC_SIGMAS, use_area=False)),
        ("crowdpose_", "crowdpose", lambda t, p: extended(t, p, "keypoints_crowd", CROWD_SIGMAS, use_area=False, names=CROWD)),
        ("wholebody_", "coco-wholebody", whole_body),
    ]
    worst = 0.0
    for prefix, protocol, peer in sets:
        for folder in sorted(fixtures.glob(f"coco/{prefix}*")):
            for predictions in sorted(folder.glob("pred_*.json")):
                if json.loads(predictions.read_text()):
                    expected = quietly(peer, folder / "gt.json", predictions)
                    # The easy, medium and hard of CrowdPose are rounded to four digits.
                    slack = 5e-5 if protocol == "crowdpose" else 0
                    difference = compare(f"{folder.name}/{predictions.name}", expected, posetrail(protocol, folder / "gt.json", predictions))
                    worst = max(worst, difference - slack)
    for predictions in sorted(fixtures.glob("posetrack/mot_box/*/tracker/*.txt")):
        truth = predictions.parent.parent / "gt" / predictions.name
        name = f"{predictions.parent.parent.name}/{predictions.name}"
        worst = max(worst, compare(f"TrackEval {name}", tracks(truth, predictions), posetrail("mot", truth, predictions)))
        worst = max(worst, compare(f"motmetrics {name}", boxes(truth, predictions), posetrail("motmetrics", truth, predictions)))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        large(folder)
        begin, theirs = processor_time()
        expected = quietly(coco, folder / "gt.json", folder / "pred.json")
        end, _ = processor_time()
        found = posetrail("coco", folder / "gt.json", folder / "pred.json")
        ours = processor_time()[1] - theirs
        worst = max(worst, compare("24,000 detections", expected, found))
        print(f"processor time: pycocotools {end - begin:.2f} s, posetrail with its start {ours:.2f} s")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        people = validation(folder)
        before = processor_time()[1]
        posetrail("posetrack18", folder / "gt", folder / "pred")
        print(f"74 sequences of PoseTrack18, {people} people: posetrail {processor_time()[1] - before:.2f} s")
    return 1 if worst > 1e-6 else 0


if __name__ == "__main__":
    sys.exit(main())

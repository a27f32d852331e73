"""How each tool reads a file. A reader gives {(frame, track): {joint: (x, y)}}, or {"box": …} for boxes."""

import contextlib
import io
import json
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

SIZE = (640, 360)
# Pixels: coordinates are written to a thousandth, fractions of a picture to a millionth.
TOLERANCE = 0.002


class Absent(Exception):
    """The tool is not here."""


@dataclass
class Check:
    """A row. `peer` is what the tool does: it gives the people that it reads, or writes a file (writers.py)."""

    format: str
    name: str
    tool: str
    peer: Callable
    options: list = field(default_factory=list)
    boxes: bool = False
    tolerance: float = TOLERANCE
    # The file of another check that is used instead of the poses.
    source: str = ""
    select: Callable = lambda everybody: everybody


def quiet(call, *arguments, **options):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return call(*arguments, **options)


def points(names, triples):
    """Those of (x, y, visibility or score) that are there."""
    return {n: (x, y) for n, (x, y, v) in zip(names, triples) if v and not math.isnan(x)}


def triples(values):
    return list(zip(*[iter(values)] * 3))


def coco_dataset(path, names):
    from pycocotools.coco import COCO

    data = quiet(COCO, str(path))
    assert data.loadCats(1)[0]["keypoints"] == names
    frames = {i["id"]: i["frame_id"] for i in data.loadImgs(data.getImgIds())}
    return {
        (frames[a["image_id"]], a["track_id"]): points(names, triples(a["keypoints"]))
        for a in data.loadAnns(data.getAnnIds())
    }


def coco_results(path, names):
    """Loads the results against our own data set and evaluates them: AP is 1 then."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    labels = COCO_LABELS["path"]
    data = quiet(COCO, str(labels))
    results = quiet(data.loadRes, str(path))
    evaluation = quiet(COCOeval, data, results, "keypoints")
    for step in (evaluation.evaluate, evaluation.accumulate, evaluation.summarize):
        quiet(step)
    assert abs(evaluation.stats[0] - 1) < 1e-9, evaluation.stats
    return {
        (a["image_id"], a["track_id"]): points(names, triples(a["keypoints"]))
        for a in results.loadAnns(results.getAnnIds())
    }


COCO_LABELS = {}


def remember_labels(path, names):
    kept = Path(tempfile.mkdtemp()) / "labels.json"
    kept.write_text(path.read_text())
    COCO_LABELS["path"] = kept
    return coco_dataset(path, names)


def pandas_tidy(path, names):
    import pandas

    people = {}
    for row in pandas.read_csv(path).itertuples():
        people.setdefault((row.frame, row.track_id), {})[row.joint] = (row.x, row.y)
    return people


def pandas_wide(path, names):
    import pandas

    table = pandas.read_csv(path)
    return {
        (int(row["frame"]), int(row["track_id"])): {
            n: (row[f"{n}_x"], row[f"{n}_y"]) for n in names if not math.isnan(row[f"{n}_x"])
        }
        for _, row in table.iterrows()
    }


def movement_dataset(dataset):
    people = {}
    position = dataset.position.transpose("time", "individuals", "keypoints", "space").values
    times = [round(float(t)) for t in dataset.time.values]
    for t, frame in enumerate(times):
        for i, individual in enumerate(dataset.individuals.values):
            found = {
                str(n): tuple(map(float, p[:2]))
                for n, p in zip(dataset.keypoints.values, position[t, i])
                if not math.isnan(p[0])
            }
            if found:
                people[(frame, int(str(individual).split("_")[-1]))] = found
    return people


def movement_poses(software):
    def read(path, names):
        from movement.io import load_poses

        return movement_dataset(quiet(load_poses.from_file, path, software, fps=None))

    return read


def pandas_deeplabcut(path, names):
    import pandas

    table = pandas.read_csv(path, header=[0, 1, 2, 3], index_col=0)
    people = {}
    for frame, row in table.iterrows():
        for (_, individual, part, axis), value in row.items():
            if axis != "likelihood" and not math.isnan(value):
                person = people.setdefault((int(frame), int(individual.split("_")[-1])), {})
                person[part] = (*person.get(part, ()), float(value))
    return people


def datumaro_boxes(path, names):
    """CVAT's XML of boxes; Datumaro does not know its skeletons, and rounds corners to a hundredth."""
    if "DATUMARO" not in os.environ:
        raise Absent("DATUMARO names no Python that has it")
    command = [os.environ["DATUMARO"], Path(__file__).parent / "cvat_boxes.py", path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {(frame, track): {"box": tuple(box)} for frame, track, *box in json.loads(done.stdout)}


def cvat_skeletons(path, names):
    """As CVAT's documentation describes its XML; people count by the order of their tracks, whose ids may be any."""
    from xml.etree import ElementTree

    people = {}
    for track in ElementTree.parse(path).getroot().iter("track"):
        for skeleton in track.iter("skeleton"):
            people[(int(skeleton.get("frame")), int(track.get("id")))] = {
                p.get("label"): tuple(map(float, p.get("points").split(",")))
                for p in skeleton.iter("points")
                if p.get("outside") == "0"
            }
    return {key: person for key, person in people.items() if person}


def ultralytics(path, names):
    """As Ultralytics' documentation describes `Results.summary()`; Ultralytics itself reads none."""
    return {
        (frame, person["track_id"]): dict(zip(names, zip(person["keypoints"]["x"], person["keypoints"]["y"])))
        for frame, people in enumerate(json.loads(path.read_text()))
        for person in people
    }


def movement_netcdf(engine):
    def read(path, names):
        """Opened with xarray, as movement's documentation says; times are seconds there, and frames here."""
        import xarray

        dataset = xarray.load_dataset(path, engine=engine)
        assert dataset.attrs["ds_type"] == "poses"
        assert dataset.position.dims == ("time", "space", "keypoints", "individuals")
        return movement_dataset(dataset.assign_coords(time=dataset.time * dataset.attrs["fps"]))

    return read


def movement_boxes(path, names):
    from movement.io import load_bboxes

    dataset = quiet(load_bboxes.from_file, path, "VIA-tracks", fps=None, use_frame_numbers_from_file=True)
    people = {}
    for t, frame in enumerate(dataset.time.values):
        for i, individual in enumerate(dataset.individuals.values):
            x, y = map(float, dataset.position.values[t, :, i])
            width, height = map(float, dataset.shape.values[t, :, i])
            if not math.isnan(x):
                box = (x - width / 2, y - height / 2, width, height)
                people[(int(frame), int(str(individual).split("_")[-1]))] = {"box": box}
    return people


def sleap(loader):
    def read(path, names):
        import sleap_io

        labels = quiet(getattr(sleap_io, loader), str(path))
        people = {}
        for frame in labels:
            for instance in frame.instances:
                track = int(instance.track.name.split("_")[-1])
                people[(int(frame.frame_idx), track)] = {
                    node.name: (float(p[0]), float(p[1]))
                    for node, p in zip(labels.skeleton.nodes, instance.numpy())
                    if not math.isnan(p[0])
                }
        return people

    return read


def sleap_yolo(path, names):
    """Without identities: people count by their places in the file."""
    from sleap_io import Skeleton
    from sleap_io.io.ultralytics import parse_data_yaml, parse_label_file

    assert parse_data_yaml(path / "data.yaml")["kpt_shape"] == [len(names), 3]
    people = {}
    for file in sorted((path / "labels").rglob("*.txt")):
        instances = parse_label_file(file, Skeleton(list(names)), (SIZE[1], SIZE[0]), class_names={0: "person"})[0]
        for place, instance in enumerate(instances):
            people[(int(file.stem), place)] = {
                n: tuple(map(float, p)) for n, p in zip(names, instance.numpy()) if not math.isnan(p[0])
            }
    return people


def by_place(everybody):
    """The people of each frame by their places in it, with what lies in the picture."""
    places = {}
    result = {}
    for (frame, _), person in everybody.items():
        inside = {n: p for n, p in person.items() if all(0 <= c <= edge for c, edge in zip(p, SIZE))}
        result[(frame, places.get(frame, 0))] = inside
        places[frame] = places.get(frame, 0) + 1
    return result


def trackeval(path, names):
    """Reads the boxes as TrackEval does with a tracker's file, and evaluates them against themselves: HOTA is 1 then."""
    import numpy
    import trackeval as evaluation

    sequence = "clip"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        labels = root / "gt" / "own-train" / sequence
        tracker = root / "trackers" / "own-train" / "posetrail" / "data"
        for place in (labels / "gt", tracker):
            place.mkdir(parents=True)
        rows = [line.split(",") for line in path.read_text().splitlines()]
        length = max(int(row[0]) for row in rows)
        (labels / "seqinfo.ini").write_text(f"[Sequence]\nname={sequence}\nseqLength={length}\n")
        truth = "".join(",".join(row[:6] + ["1", "1", "1"]) + "\n" for row in rows)
        (labels / "gt" / "gt.txt").write_text(truth)
        (tracker / f"{sequence}.txt").write_text(path.read_text())
        options = {
            "GT_FOLDER": str(root / "gt"), "TRACKERS_FOLDER": str(root / "trackers"), "BENCHMARK": "own",
            "SPLIT_TO_EVAL": "train", "SEQ_INFO": {sequence: length}, "DO_PREPROC": False, "PRINT_CONFIG": False,
            "TRACKERS_TO_EVAL": ["posetrail"],
        }
        data = evaluation.datasets.MotChallenge2DBox(options)
        raw = data.get_raw_seq_data("posetrail", sequence)
        found = evaluation.metrics.HOTA().eval_sequence(data.get_preprocessed_seq_data(raw, "pedestrian"))
        assert numpy.allclose(found["HOTA"], 1), found["HOTA"]
        return {
            (frame, int(track)): {"box": tuple(map(float, box))}
            for frame in range(length)
            for track, box in zip(raw["tracker_ids"][frame], raw["tracker_dets"][frame])
        }


def poseval(path, names):
    """Evaluates the file against itself with heads added: AP and MOTA are 100 then."""
    if "POSEVAL" not in os.environ:
        raise Absent("POSEVAL names no clone of it")
    data = json.loads(path.read_text())
    labels = {**data, "annotations": [{**a, "bbox_head": [*a["bbox"][:2], 40, 40]} for a in data["annotations"]]}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("gt", labels), ("found", data)):
            (Path(folder) / name).mkdir()
            (Path(folder) / name / path.name).write_text(json.dumps(content))
        command = [sys.executable, "-m", "poseval.evaluate", "-g", f"{folder}/gt/", "-p", f"{folder}/found/", "-e", "-t"]
        done = subprocess.run(
            [*command, "-o", f"{folder}/out"], env={**os.environ, "PYTHONPATH": os.environ["POSEVAL"]},
            capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        rows = [line for line in done.stdout.splitlines() if line.startswith("&") and "100.0" in line]
        assert len(rows) == 2 and rows[0].count("100.0") == 8, done.stdout
    joints = data["categories"][0]["keypoints"]
    frames = {image["id"]: image["index"] for image in data["images"]}
    return {
        (frames[a["image_id"]], a["track_id"]): {
            n: (x, y) for n, (x, y, v) in zip(joints, triples(a["keypoints"])) if v and n in names
        }
        for a in data["annotations"]
    }


def without_eyes(everybody):
    """PoseTrack's joints have no eyes."""
    return {k: {n: p for n, p in v.items() if not n.endswith("_eye")} for k, v in everybody.items()}


def pose2sim(path, names):
    from Pose2Sim.common import read_trc

    table, frames, times, markers, _ = quiet(read_trc, str(path))
    return trc_people(names, markers, [int(f) for f in frames], table.to_numpy().reshape(len(frames), -1, 3))


def opensim(path, names):
    import opensim as tool

    table = tool.TimeSeriesTableVec3(str(path))
    markers = list(table.getColumnLabels())
    rows = []
    for index in range(table.getNumRows()):
        row = table.getRowAtIndex(index)
        rows.append([[row[c][axis] for axis in range(3)] for c in range(len(markers))])
    return trc_people(names, markers, range(1, len(rows) + 1), rows)


def trc_people(names, markers, frames, rows):
    assert len(markers) == len(names), markers
    people = {}
    for frame, row in zip(frames, rows):
        found = {
            n: (p[0] / SCALE, SIZE[1] - p[1] / SCALE) for n, p in zip(names, row) if not math.isnan(p[0])
        }
        if found:
            people[(frame - 1, PERSON)] = found
    return people


def opensim_motion(path, names):
    """The angles alone: only that the file can be read, with a row a frame."""
    import opensim as tool

    table = tool.TimeSeriesTable(str(path))
    assert "right knee" in list(table.getColumnLabels()) and table.getNumRows() > 0
    return {}


PERSON, SCALE = 0, 0.005
OPENSIM = ["--person", str(PERSON), "--metres-per-pixel", str(SCALE)]


SIZED = ["--size", f"{SIZE[0]}x{SIZE[1]}"]


def one_person(everybody):
    return {k: v for k, v in everybody.items() if k[1] == PERSON}


def openpose(layout):
    def read(path, names):
        """As OpenPose's documentation describes its files; OpenPose itself reads none."""
        import numpy

        people = {}
        for file in sorted(path.glob("*_keypoints.json")):
            frame = int(file.name.split("_")[-2])
            for person in json.loads(file.read_text())["people"]:
                rows = numpy.array(person["pose_keypoints_2d"]).reshape(-1, 3)
                assert len(rows) == len(layout)
                found = {n: tuple(r[:2]) for n, r in zip(layout, rows) if r[2] > 0 and n in names}
                people[(frame, person["person_id"][0])] = found
        return people

    return read


BODY = "nose neck rs re rw ls le lw mid_hip rh rk ra lh lk la reye leye rear lear".split()
WORDS = {
    "rs": "right_shoulder", "re": "right_elbow", "rw": "right_wrist", "ls": "left_shoulder", "le": "left_elbow",
    "lw": "left_wrist", "rh": "right_hip", "rk": "right_knee", "ra": "right_ankle", "lh": "left_hip", "lk": "left_knee",
    "la": "left_ankle", "reye": "right_eye", "leye": "left_eye", "rear": "right_ear", "lear": "left_ear",
}
BODY_25 = [WORDS.get(n, n) for n in BODY] + ["lbt", "lst", "lheel", "rbt", "rst", "rheel"]
COCO_18 = [WORDS.get(n, n) for n in BODY if n != "mid_hip"]


def boxes(everybody):
    return {k: {"box": tuple(v)} for k, v in everybody.items()}


CHECKS = [
    Check("coco-dataset", "a.coco-dataset.json", "pycocotools COCO", remember_labels),
    Check("coco", "a.coco.json", "pycocotools loadRes, AP 1", coco_results),
    Check("csv", "a.csv", "pandas", pandas_tidy),
    Check("csv-wide", "a.wide.csv", "pandas", pandas_wide),
    Check("deeplabcut", "a.dlc.csv", "movement", movement_poses("DeepLabCut")),
    Check("deeplabcut", "b.dlc.csv", "pandas", pandas_deeplabcut),
    Check("sleap", "a.sleap.csv", "sleap-io", sleap("load_csv")),
    Check("yolo", "yolo", "sleap-io's reader of Ultralytics", sleap_yolo, select=by_place),
    Check("openpose", "openpose", "numpy, by OpenPose's documents", openpose(BODY_25)),
    Check("openpose-coco", "openpose18", "numpy, by OpenPose's documents", openpose(COCO_18)),
    Check("mot", "a.txt", "TrackEval, HOTA 1", trackeval, boxes=True, select=boxes),
    Check("via", "a.via.csv", "movement", movement_boxes, boxes=True, select=boxes),
    Check("poseval", "000001_mpii_test.json", "poseval, AP and MOTA 100", poseval, select=without_eyes),
    Check("trc", "a.trc", "Pose2Sim", pose2sim, OPENSIM, select=one_person),
    Check("trc", "b.trc", "OpenSim", opensim, OPENSIM, select=one_person),
    Check("sleap-analysis", "a.analysis.h5", "sleap-io", sleap("load_analysis_h5")),
    Check("sleap-analysis", "b.h5", "movement", movement_poses("SLEAP")),
    Check("movement", "a.nc", "xarray, netCDF4", movement_netcdf("netcdf4")),
    Check("movement", "b.nc", "xarray, h5netcdf", movement_netcdf("h5netcdf")),
    Check("movement-classic", "a.classic.nc", "xarray, SciPy", movement_netcdf("scipy")),
    Check("ultralytics", "a.ultralytics.json", "json, by Ultralytics' documents", ultralytics),
    Check("cvat", "b.xml", "ElementTree, by CVAT's documents", cvat_skeletons, SIZED),
    Check("cvat", "a.xml", "Datumaro, boxes", datumaro_boxes, SIZED, boxes=True, tolerance=0.011, select=boxes, source="a.txt"),
    Check("opensim-mot", "a.mot", "OpenSim", opensim_motion, OPENSIM, select=lambda everybody: {}),
]

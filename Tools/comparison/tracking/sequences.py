"""Sequences with true identities, and what a detector might have made of them.

A folder of sets holds one folder a set. In it belong to a sequence NAME:
  NAME.gt.txt with NAME.det.txt            MOTChallenge text: truth and real detections
  NAME.gt.txt with NAME.posetrack.json     truth and poses
  NAME.gt.txt alone, or NAME.json          truth, as boxes or as PoseTrack poses: detections are made by degrading it
"""

import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

# Frames a second where files do not say.
RATES = {"ETH-": 14, "PETS09": 7, "TUD-": 25, "ADL-": 30, "KITTI": 10, "MOT17-": 30, "v_": 25}


@dataclass
class Detection:
    box: np.ndarray  # x, y, width, height
    score: float
    keypoints: np.ndarray | None = None  # joints × (x, y, score); score 0: not there
    appearance: dict | None = None


@dataclass
class Sequence:
    set: str
    name: str
    rate: float
    truth: list[list[tuple[int, np.ndarray]]]  # frame by frame: id and box
    detections: list[list[Detection]] = field(default_factory=list)
    size: tuple[int, int] = (1920, 1080)


def read_mot(path, columns=9):
    rows = []
    for line in path.read_text().splitlines():
        numbers = [float(value) for value in line.split(",")[:columns]]
        rows.append(numbers)
    return rows


def read_truth(path):
    frames = {}
    for row in read_mot(path):
        counts = len(row) < 7 or row[6] != 0
        is_person = len(row) < 8 or row[7] in (1, -1)
        if counts and is_person:
            frames.setdefault(int(row[0]), []).append((int(row[1]), np.array(row[2:6])))
    return [frames.get(frame, []) for frame in range(1, max(frames) + 1)]


def read_poses(path):
    """Frames a second, picture size, and the people of every frame as (id, Detection)."""
    content = json.loads(path.read_text())
    frames = {image["id"]: [] for image in content["images"]}
    for person in content["annotations"]:
        keypoints = np.array(person["keypoints"], float).reshape(-1, 3)
        if "scores" in person:
            keypoints[:, 2] = np.where(keypoints[:, 2] > 0, person["scores"], 0)
        detection = Detection(
            np.array(person["bbox"], float), person.get("score", 1.0), keypoints, person.get("appearance"))
        frames[person["image_id"]].append((person.get("track_id"), detection))
    images = content["images"]
    rate = 25.0
    if "time" in images[0] and len(images) > 1:
        time = images[1]["time"]
        rate = time["denominator"] / (time["ticks"] * time.get("numerator", 1))
    return rate, (images[0]["width"], images[0]["height"]), list(frames.values())


def covered(box, others):
    """The share of a box that those standing nearer (their feet are lower) hide."""
    share = 0.0
    for other in others:
        if other[1] + other[3] <= box[1] + box[3]:
            continue
        width = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
        height = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
        if width > 0 and height > 0:
            share += width * height / (box[2] * box[3])
    return min(share, 1.0)


def degrade(sequence, poses=None):
    """Detections from the truth: a tenth to a fifth missing, jitter of 4 % of the size, 5 % false, scores that fall with
    occlusion. The same every time."""
    random = np.random.default_rng(zlib.crc32(f"{sequence.set}/{sequence.name}".encode()))
    boxes = [box for frame in sequence.truth for _, box in frame]
    low, high = np.min([box[:2] for box in boxes], 0), np.max([box[:2] + box[2:] for box in boxes], 0)
    for number, frame in enumerate(sequence.truth):
        found = []
        for place, (_, box) in enumerate(frame):
            hidden = covered(box, [other for at, (_, other) in enumerate(frame) if at != place])
            if random.random() < 0.08 + 0.25 * hidden:
                continue
            scale = 0.04 * box[[2, 3, 2, 3]] * random.standard_normal(4)
            shaken = np.array([box[0] + scale[0], box[1] + scale[1], box[2] + scale[2], box[3] + scale[3]])
            score = float(np.clip(0.9 - 0.6 * hidden + 0.06 * random.standard_normal(), 0.06, 0.99))
            keypoints = None
            if poses is not None:
                keypoints = shake(poses[number][place][1].keypoints, box, hidden, random)
            found.append(Detection(np.round(shaken, 2), round(score, 3), keypoints))
        for _ in range(random.poisson(0.05 * len(frame))):
            place = random.integers(len(frame))
            size = frame[place][1][2:] * random.uniform(0.7, 1.3)
            corner = random.uniform(low, np.maximum(low + 1, high - size))
            keypoints = None
            if poses is not None:
                old = frame[place][1]
                moved = poses[number][place][1].keypoints.copy()
                moved[:, :2] = (moved[:, :2] - old[:2]) / old[2:] * size + corner
                keypoints = shake(moved, np.concatenate([corner, size]), 0.7, random)
            found.append(
                Detection(np.round(np.concatenate([corner, size]), 2), round(random.uniform(0.05, 0.6), 3), keypoints))
        order = random.permutation(len(found))
        sequence.detections.append([found[index] for index in order])
    return sequence


def shake(keypoints, box, hidden, random):
    result = keypoints.copy()
    there = result[:, 2] > 0
    result[:, :2] += 0.02 * (1 + hidden) * box[3] * random.standard_normal((len(result), 2))
    result[:, 2] = np.clip(0.85 - 0.5 * hidden + 0.1 * random.standard_normal(len(result)), 0.05, 1)
    result[~there | (random.random(len(result)) < 0.05)] = 0
    return np.round(result, 3)


def read_set(folder):
    """The sequences of one set."""
    sequences = []
    for path in sorted(folder.iterdir()):
        if path.name.endswith(".gt.txt"):
            name = path.name.removesuffix(".gt.txt")
            rate = next((rate for prefix, rate in RATES.items() if name.startswith(prefix)), 25)
            sequence = Sequence(folder.name, name, rate, read_truth(path))
            detected, posed = path.with_name(name + ".det.txt"), path.with_name(name + ".posetrack.json")
            if detected.exists():
                sequence.detections = [[] for _ in sequence.truth]
                for row in read_mot(detected, 7):
                    while len(sequence.detections) < row[0]:
                        sequence.detections.append([])
                        sequence.truth.append([])
                    sequence.detections[int(row[0]) - 1].append(Detection(np.array(row[2:6]), row[6]))
            elif posed.exists():
                sequence.rate, sequence.size, people = read_poses(posed)
                sequence.detections = [[detection for _, detection in frame] for frame in people]
                sequence.truth += [[]] * (len(people) - len(sequence.truth))
            else:
                degrade(sequence)
            sequences.append(sequence)
        elif path.name.endswith(".json") and not path.name.endswith(".posetrack.json"):
            rate, size, people = read_poses(path)
            truth = [[(identity, person.box) for identity, person in frame] for frame in people]
            sequences.append(degrade(Sequence(folder.name, path.stem, rate, truth, size=size), people))
    return sequences


def read_sets(folder):
    return {path.name: read_set(path) for path in sorted(Path(folder).iterdir()) if path.is_dir() and read_set(path)}

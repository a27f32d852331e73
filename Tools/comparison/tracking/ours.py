"""The program, by its command `link`: the poses of a sequence as PoseTrack JSON, or its boxes as MOTChallenge text."""

import json
import subprocess
import tempfile
from pathlib import Path

from sequences import read_mot

import numpy as np

# As PoseTrack 2018 orders them; the keypoints of all our sequences with poses.
JOINTS = """nose head_bottom head_top left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist
right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle""".split()


def write(sequence, folder):
    if not any(detection.keypoints is not None for frame in sequence.detections for detection in frame):
        path = folder / "boxes.txt"
        path.write_text("".join(
            f"{number},-1,{','.join(str(value) for value in detection.box)},{detection.score}\n"
            for number, frame in enumerate(sequence.detections, 1) for detection in frame))
        return path, ["--frame-rate", str(sequence.rate)]
    images, people = [], []
    for number, frame in enumerate(sequence.detections):
        images.append({
            "id": number, "frame_id": number, "file_name": f"images/{number:06}.jpg", "is_labeled": True,
            "width": sequence.size[0], "height": sequence.size[1],
            "time": {"ticks": round(number * 90_000 / sequence.rate), "numerator": 1, "denominator": 90_000},
        })
        for detection in frame:
            there = detection.keypoints[:, 2] > 0
            person = {
                "id": len(people), "image_id": number, "category_id": 1, "score": detection.score,
                "bbox": list(detection.box), "scores": list(detection.keypoints[:, 2]),
                "keypoints": np.column_stack([detection.keypoints[:, :2] * there[:, None], there]).ravel().tolist(),
            }
            people.append(person | ({"appearance": detection.appearance} if detection.appearance else {}))
    path = folder / "poses.posetrack.json"
    category = {"id": 1, "name": "person", "keypoints": JOINTS, "skeleton": []}
    path.write_text(json.dumps({"images": images, "annotations": people, "categories": [category]}))
    return path, []


def posetrail(program, *options):
    def run(sequence):
        with tempfile.TemporaryDirectory() as folder:
            path, rate = write(sequence, Path(folder))
            linked = Path(folder) / "linked.txt"
            if any(sequence.detections):
                subprocess.run([program, "link", path, "-o", linked, "--quiet", *rate, *options], check=True)
            else:
                linked.write_text("")
            result = [[] for _ in sequence.detections]
            for row in read_mot(linked, 6):
                result[int(row[0]) - 1].append((int(row[1]), np.array(row[2:6])))
            return result

    return run

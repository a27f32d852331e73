"""Converts poses with `posetrail convert` into every format and reads them with the tool it is for.

    check.py PROGRAM POSES.posetrack.json

A row a format: the tool, how many people and keypoints it found, and the largest distance of a keypoint from ours in pixels.
Ends with status 1 if anybody is missing or lies elsewhere.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import readers

# Pixels: coordinates are written to a thousandth, fractions of a picture to a millionth.
TOLERANCE = 0.002


def truth(path):
    """{(frame, track): {joint: (x, y)}} and {(frame, track): box} as PoseTrail has them."""
    data = json.loads(Path(path).read_text())
    names = [joint["name"] for joint in data["info"]["skeleton"]["joints"]]
    frames = {image["id"]: image["index"] for image in data["images"]}
    people, boxes = {}, {}
    for annotation in data["annotations"]:
        key = (frames[annotation["image_id"]], annotation["track_id"])
        triples = zip(*[iter(annotation["pose"])] * 3)
        people[key] = {n: (x, y) for n, (x, y, _) in zip(names, triples) if x is not None}
        boxes[key] = annotation["bbox"]
    return people, boxes, names


def difference(found, expected):
    """The largest distance of what both have, and what only one of them has."""
    missing = len(set(expected) ^ set(found))
    worst = 0.0
    for key in set(expected) & set(found):
        mine, theirs = expected[key], found[key]
        missing += len(set(mine) - set(theirs))
        for name in set(mine) & set(theirs):
            worst = max(worst, *(abs(a - b) for a, b in zip(mine[name], theirs[name])))
    return worst, missing


def main():
    program, poses = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    people, boxes, names = truth(poses)
    failures = 0
    print(f"{'format':<14} {'read by':<34} {'people':>6} {'keypoints':>9} {'pixels':>8}  missing")
    with tempfile.TemporaryDirectory() as folder:
        for check in readers.CHECKS:
            target = Path(folder) / check.name
            source = Path(folder) / check.source if check.source else poses
            command = [program, "convert", source, target, "--to", check.format, *check.options]
            subprocess.run(command, check=True, capture_output=True)
            try:
                found = check.read(target, names)
            except readers.Absent as reason:
                print(f"{check.format:<14} {check.tool:<34} left out: {reason}")
                continue
            expected = check.select(boxes if check.boxes else people)
            worst, missing = difference(found, expected)
            keypoints = 0 if check.boxes else sum(map(len, found.values()))
            print(f"{check.format:<14} {check.tool:<34} {len(found):>6} {keypoints:>9} {worst:>8.4f}  {missing}")
            failures += worst > TOLERANCE or missing > 0
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()

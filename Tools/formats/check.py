"""Converts poses with `posetrail convert` into every format and reads them with the tool it is for; and the other way round.

    check.py PROGRAM POSES.posetrack.json

A row a format: the tool, how many people and keypoints it found, and the largest distance of a keypoint from ours in pixels.
Then a row for each file that a tool wrote of these and that `posetrail convert` read. Ends with status 1 if anybody is missing
or lies elsewhere.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import readers
import writers


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


class Table:
    def __init__(self, program, poses):
        self.program, self.poses = program, poses
        self.people, self.boxes, self.names = truth(poses)
        self.failures = 0

    def convert(self, source, target, *options):
        done = subprocess.run([self.program, "convert", source, target, *options], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)

    def row(self, check, find):
        try:
            found = find(check)
        except readers.Absent as reason:
            print(f"{check.format:<16} {check.tool:<34} left out: {reason}")
            return
        worst, missing = difference(found, check.select(self.boxes if check.boxes else self.people))
        keypoints = 0 if check.boxes else sum(map(len, found.values()))
        print(f"{check.format:<16} {check.tool:<34} {len(found):>6} {keypoints:>9} {worst:>8.4f}  {missing}", flush=True)
        self.failures += worst > check.tolerance or missing > 0


def main():
    table = Table(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def read(check):
            source = folder / check.source if check.source else table.poses
            table.convert(source, folder / check.name, "--to", check.format, *check.options)
            return check.peer(folder / check.name, table.names)

        def read_back(check):
            check.peer(folder / check.source, folder / check.name)
            back = folder / f"{check.name}.posetrack.json"
            table.convert(folder / check.name, back, "--from", check.format, *check.options)
            return truth(back)[0]

        print(f"{'format':<16} {'read by':<34} {'people':>6} {'keypoints':>9} {'pixels':>8}  missing")
        for check in readers.CHECKS:
            table.row(check, read)
        print(f"\n{'read':<16} {'written by':<34} {'people':>6} {'keypoints':>9} {'pixels':>8}  missing")
        for check in writers.CHECKS:
            table.row(check, read_back)
    sys.exit(1 if table.failures else 0)


if __name__ == "__main__":
    main()

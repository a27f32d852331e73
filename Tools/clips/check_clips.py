#!/usr/bin/env python3
"""Counts how well the people of real clips are found, and whether they keep one identity.

    check_clips.py --program .build/release/posetrail --clips FOLDER [--output FOLDER] [CLIP …] [-- OPTIONS OF TRACK]

people.json says who is plainly visible in each clip, as boxes drawn by eye at some frames, between which they move on
straight lines. `posetrail track` runs on every clip; then, frame by frame, a track belongs to the person whose box it overlaps
most (IoU from 0.3). Reported are, for each person, the share of frames with a track, the share of those with the
commonest identity, how many identities there were, and the share of sure keypoints inside the box enlarged by a tenth;
for each clip the tracks that belong to nobody; at the end the share of all people of all frames who have a track.
People marked optional, half hidden or far away, may be found or not.
Exit status 1 where somebody is found or keeps the identity in less than 95 % of the frames, or two have the same.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

REQUIRED = 0.95
SURE = 0.3


class Person:
    def __init__(self, entry):
        self.name, self.optional, self.crowd = entry["who"], entry.get("optional", False), entry.get("crowd", False)
        self.keys = sorted((int(frame), box) for frame, box in entry["boxes"].items())
        self.frames, self.ids, self.inside, self.sure = 0, Counter(), 0, 0

    def box(self, frame):
        """None before the first and after the last box."""
        for (start, first), (end, last) in zip(self.keys, self.keys[1:]):
            if start <= frame <= end:
                share = (frame - start) / (end - start)
                return [a + share * (b - a) for a, b in zip(first, last)]
        return None

    def count(self, track, box):
        self.ids[track["track_id"]] += 1
        margin = 0.1 * max(box[2:])
        for x, y, score in zip(*[iter(track["pose"])] * 3):
            if score is not None and score >= SURE:
                self.sure += 1
                self.inside += (box[0] - margin <= x <= box[0] + box[2] + margin
                                and box[1] - margin <= y <= box[1] + box[3] + margin)

    @property
    def found(self):
        return sum(self.ids.values()) / self.frames

    @property
    def kept(self):
        return max(self.ids.values(), default=0) / max(1, sum(self.ids.values()))


def overlap(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(width, 0) * max(height, 0)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def holds(box, inner):
    x, y = inner[0] + inner[2] / 2, inner[1] + inner[3] / 2
    return box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]


def check(recording, people):
    """Fills in the people; returns how many poses belong to nobody, and to how many identities."""
    tracks = {}
    for track in recording["annotations"]:
        tracks.setdefault(track["image_id"], []).append(track)
    strangers = Counter()
    for image in recording["images"]:
        here = [(person, person.box(image["index"])) for person in people]
        here = [(person, box) for person, box in here if box]
        for person, _ in here:
            person.frames += 1
        free = tracks.get(image["id"], [])
        pairs = sorted(((overlap(box, track["bbox"]), number, index) for number, (person, box) in enumerate(here)
                        if not person.crowd for index, track in enumerate(free)), reverse=True)
        done, taken = set(), set()
        for similarity, number, index in pairs:
            if similarity >= 0.3 and number not in done and index not in taken:
                here[number][0].count(free[index], here[number][1])
                done.add(number)
                taken.add(index)
        for index, track in enumerate(free):
            if index not in taken and not any(person.crowd and holds(box, track["bbox"]) for person, box in here):
                strangers[track["track_id"]] += 1
    return strangers


def same_identity(people):
    """The identities that are the commonest of several people, with these people's names."""
    names = {}
    for person in people:
        if person.ids and not person.optional:
            names.setdefault(person.ids.most_common(1)[0][0], []).append(person.name)
    return {identity: shared for identity, shared in names.items() if len(shared) > 1}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--clips", type=Path, required=True, help="folder with the clips that people.json names")
    parser.add_argument("--output", type=Path, help="folder to keep the results and the annotated videos in")
    parser.add_argument("names", nargs="*", metavar="CLIP")
    given = sys.argv[1:]
    split = given.index("--") if "--" in given else len(given)
    arguments, options = parser.parse_args(given[:split]), given[split + 1:]
    labels = json.loads((Path(__file__).parent / "people.json").read_text())
    names = arguments.names or list(labels)
    passed, found, there = True, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        output = arguments.output or Path(folder)
        videos = [str(arguments.clips / name) for name in names]
        extra = [] if arguments.output else ["--no-overlay"]
        subprocess.run([str(arguments.program), "track", *videos, "-o", str(output), "--force", "--quiet", *extra, *options],
                       check=True)
        for name in names:
            recording = json.loads((output / f"{Path(name).stem}.posetrack.json").read_text())
            people = [Person(entry) for entry in labels[name]]
            strangers = check(recording, people)
            frames = len(recording["images"])
            print(f"{name}: {frames} frames, {sum(strangers.values())} poses of nobody in {len(strangers)} tracks")
            for person in people:
                if person.crowd:
                    continue
                if not person.optional:
                    found, there = found + sum(person.ids.values()), there + person.frames
                good = person.found >= REQUIRED and person.kept >= REQUIRED
                passed &= good or person.optional
                print(f"  {'ok  ' if good else 'opt.' if person.optional else 'MISS'} {person.name:32} found {person.found:6.1%} of"
                      f" {person.frames:4}  one id {person.kept:6.1%} of {len(person.ids)} ids"
                      f"  keypoints in the box {person.inside / max(1, person.sure):6.1%}")
            for identity, shared in same_identity(people).items():
                passed = False
                print(f"  MISS {' and '.join(shared)} have one id, {identity}")
    print(f"recall {found / max(1, there):.1%}: {found} of {there} people of all frames")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()

"""The table of compare-trackers."""

import argparse
import sys
import time
import warnings

import numpy as np

import ours
import peers
from scores import Scores
from sequences import read_sets

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--program", required=True)
parser.add_argument("--each", action="store_true")
parser.add_argument("--only-ours", action="store_true")
parser.add_argument("--sets", nargs="*")
parser.add_argument("--options", action="append", default=[])
arguments = parser.parse_args()
warnings.filterwarnings("ignore")

sets = {
    name: sequences for name, sequences in read_sets(arguments.folder).items()
    if not arguments.sets or name in arguments.sets
}
variants = arguments.options or [""]
trackers = {f"posetrail {options}".strip(): ours.posetrail(arguments.program, *options.split()) for options in variants}
if not arguments.only_ours:
    trackers |= peers.all_peers()

width = max(len(name) for name in trackers)
print(" " * width, *(f"{name:>20}" for name in sets), f"{'mean':>12}   (IDF1/HOTA/switches)")
for name, run in trackers.items():
    rows, each = [], []
    for of_set in sets.values():
        scores = Scores()
        for sequence in of_set:
            start = time.monotonic()
            found = run(sequence)
            seconds = time.monotonic() - start
            scores.add(sequence.name, sequence.truth, found)
            hota, idf1, switches = scores.of(sequence.name)
            each.append(f"  {sequence.set}/{sequence.name}: {idf1:.1f}/{hota:.1f}/{switches} ({seconds:.1f} s)")
        rows.append(scores.combined())
    cells = (f"{f'{idf1:.1f}/{hota:.1f}/{switches}':>20}" for hota, idf1, switches in rows)
    means = np.mean(rows, 0)
    print(f"{name:{width}}", *cells, f"{means[1]:.2f}/{means[0]:.2f}")
    if arguments.each:
        print("\n".join(each))
    sys.stdout.flush()

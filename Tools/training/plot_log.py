"""Draws the loss curve of a run's log.csv as an SVG beside it.

    python plot_log.py RUN
"""

import csv
import sys
from pathlib import Path

W, H = 720, 320


def main() -> None:
    folder = Path(sys.argv[1])
    rows = [(int(r[0]), float(r[3])) for r in csv.reader(open(folder / "log.csv")) if r]
    steps, losses = [r[0] for r in rows], [r[1] for r in rows]
    low, high = min(losses), sorted(losses)[int(len(losses) * 0.98)]
    points = " ".join(f"{40 + (W - 50) * s / steps[-1]:.1f},{10 + (H - 40) * (high - min(l, high)) / (high - low):.1f}" for s, l in rows)
    (folder / "loss.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{W}" height="{H}" font-family="sans-serif" font-size="11">'
        f'<rect width="{W}" height="{H}" fill="white"/><polyline points="{points}" fill="none" stroke="#06c"/>'
        f'<text x="4" y="18">{high:.2f}</text><text x="4" y="{H - 30}">{low:.2f}</text>'
        f'<text x="40" y="{H - 8}">0</text><text x="{W - 60}" y="{H - 8}">{steps[-1]}</text></svg>\n')


if __name__ == "__main__":
    main()

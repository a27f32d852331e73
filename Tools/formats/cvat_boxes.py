"""Reads boxes of CVAT's XML with Datumaro, which needs an environment of its own: cvat_boxes.py FILE

Prints [frame, track, x, y, width, height] of all as JSON.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from datumaro.components.dataset import Dataset

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(sys.argv[1], Path(folder) / "default.xml")
    rows = [
        [item.attributes["frame"], shape.attributes["track_id"], *map(float, shape.get_bbox())]
        for item in Dataset.import_from(folder, "cvat")
        for shape in item.annotations
        if not shape.attributes.get("outside")
    ]
print(json.dumps(rows))

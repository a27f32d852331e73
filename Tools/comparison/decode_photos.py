"""Decodes the photos of the reference with OpenCV: decode_photos.py CASES.json FOLDER"""

import hashlib
import json
import pathlib
import sys

import cv2

cases, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)
for image in json.loads(cases.read_text())["images"]:
    pixels = cv2.imread(str(cases.parent / image["file"]))
    digest = hashlib.sha256(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB).tobytes()).hexdigest()
    if digest != image["decoded_rgb_sha256"]:
        sys.exit(f"{image['file']}: this OpenCV decodes it to other pixels than the reference's")
    cv2.imwrite(str((folder / pathlib.Path(image["file"]).name).with_suffix(".png")), pixels)

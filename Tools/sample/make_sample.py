#!/usr/bin/env python3
"""Makes Samples/crossing.mp4 and its ground truth. See README.md beside this file."""

import argparse
import multiprocessing
import subprocess
import tempfile
from pathlib import Path

import numpy as np

import character
import motion
import scene
import sound
import truth
from renderer import Renderer, compiled


class Film:
    """Everything that is needed to draw any frame."""

    def __init__(self, arguments):
        data = character.MakeHuman(arguments.makehuman, arguments.assets)
        self.people = [character.build(data, look) for look, _, _ in scene.CAST]
        seconds = np.arange(scene.FRAMES) / scene.RATE
        self.poses, self.bones = [], []
        for person, (_, capture, path) in zip(self.people, scene.CAST):
            cycle = motion.cut_cycle(motion.read_bvh(Path(arguments.motion) / capture))
            pose, positions = motion.walk(person, cycle, path, seconds)
            lowest = [motion.skin(person, pose[t], positions[t])[:, 1].min() for t in range(0, scene.FRAMES, 9)]
            positions[..., 1] -= np.percentile(lowest, 35)
            self.poses.append(pose)
            self.bones.append(positions)
        geometry, self.ranges = scene.assemble(self.people)
        self.positions = geometry.positions.copy()
        self.renderer = Renderer(compiled(arguments.build), scene.CAMERA, geometry, scene.SUN, scene.skies(),
                                 arguments.samples)

    def place(self, frame):
        for person, pose, bones, span in zip(self.people, self.poses, self.bones, self.ranges):
            self.positions[span] = motion.skin(person, pose[frame], bones[frame])
        self.renderer.place(self.positions)

    def labels(self, frame):
        self.place(frame)
        return truth.label(self, frame)

    def picture(self, frame):
        self.place(frame)
        return self.renderer.picture()


def _start(arguments):
    global film
    film = Film(arguments)


def _draw(job):
    frame, with_picture = job
    labels = film.labels(frame)
    return frame, labels, film.renderer.picture().tobytes() if with_picture else None


def encode(pictures, wave, output):
    camera = scene.CAMERA
    with tempfile.TemporaryDirectory() as folder:
        track = Path(folder) / "sound.wav"
        sound.write(track, wave)
        encoder = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
             f"{camera.width}x{camera.height}", "-r", str(scene.RATE), "-i", "-", "-i", str(track),
             "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-c:v", "libx264", "-preset", "medium", "-crf", "20",
             "-threads", "2", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc",
             "bt709", "-color_range", "tv", "-c:a", "aac", "-b:a", "64k", "-fflags", "+bitexact", "-flags:v", "+bitexact",
             "-flags:a", "+bitexact", "-movflags", "+faststart", "-shortest", str(output)], stdin=subprocess.PIPE)
        for picture in pictures:
            encoder.stdin.write(picture)
        encoder.stdin.close()
        if encoder.wait():
            raise SystemExit("ffmpeg failed to encode the clip")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makehuman", required=True, help="makehuman/data of the MakeHuman program")
    parser.add_argument("--assets", required=True, help="base/ of makehuman-assets")
    parser.add_argument("--motion", required=True, help="folder with the BVH files that scene.py names")
    parser.add_argument("--output", default="Samples", help="folder for crossing.mp4 and its ground truth")
    parser.add_argument("--build", default=".build/sample-tool", help="folder for the compiled renderer")
    parser.add_argument("--samples", type=int, default=2, help="samples along each side of a pixel")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--frames", help="only these frames, as PNG, such as 0,100,200")
    parser.add_argument("--labels-only", action="store_true", help="only the ground truth, no picture is drawn")
    arguments = parser.parse_args()
    output = Path(arguments.output)
    output.mkdir(parents=True, exist_ok=True)
    compiled(arguments.build)

    frames = [int(frame) for frame in arguments.frames.split(",")] if arguments.frames else range(scene.FRAMES)
    jobs = [(frame, not arguments.labels_only) for frame in frames]
    with multiprocessing.Pool(arguments.workers, _start, (arguments,)) as pool:
        results = pool.imap(_draw, jobs)
        labels = []

        def pictures():
            for frame, people, picture in results:
                labels.append(people)
                if frame % 25 == 0:
                    print(f"frame {frame} of {scene.FRAMES}", flush=True)
                yield frame, picture

        if arguments.frames:
            camera = scene.CAMERA
            for frame, picture in pictures():
                if picture is not None:
                    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
                                    f"{camera.width}x{camera.height}", "-i", "-", str(output / f"{frame:06}.png")],
                                   input=picture, check=True)
            for frame, people in zip(frames, labels):
                print(frame, truth.summary(people))
            return
        if arguments.labels_only:
            for _ in pictures():
                pass
        else:
            film = Film(arguments)
            encode((picture for _, picture in pictures()), sound.footsteps(film), output / "crossing.mp4")
        truth.write_posetrack(labels, output / "crossing.posetrack.json")
        truth.write_coco(labels, output / "crossing.coco.json")
        for frame in range(0, scene.FRAMES, 25):
            print(frame, truth.summary(labels[frame]))


if __name__ == "__main__":
    main()

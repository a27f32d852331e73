"""Footsteps where the rig's feet come down, over a faint murmur of a street."""

import wave

import numpy as np

import scene

RATE = 48000


def footsteps(film, seed=4):
    """Mono samples in −1…1."""
    random = np.random.default_rng(seed)
    length = scene.FRAMES * RATE // scene.RATE
    mix = np.zeros(length + RATE)
    murmur = np.convolve(random.standard_normal(len(mix) + 399), np.hanning(400) / 100, "valid")[: len(mix)]
    mix += 0.004 * murmur
    decay = np.exp(-np.arange(RATE // 12) / (RATE * 0.014))
    for person, bones in zip(film.people, film.bones):
        for side in "LR":
            heel = bones[:, person.names.index(f"foot.{side}")]
            low = heel[:, 1] < np.percentile(heel[:, 1], 5) + 0.03
            for frame in np.flatnonzero(low[1:] & ~low[:-1]) + 1:
                distance = max(2.0, float(np.linalg.norm(heel[frame])))
                noise = np.convolve(random.standard_normal(len(decay)), np.hanning(24) / 12, "same")
                start = frame * RATE // scene.RATE
                mix[start : start + len(decay)] += 0.5 / distance * decay * noise
    return np.clip(mix[:length], -1, 1)


def write(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes((samples * 32767).astype("<i2").tobytes())

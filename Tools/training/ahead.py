"""Batches made ahead of their use by other processes."""

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

cv2.setNumThreads(1)      # a forked process hangs on the threads of the one before


class Endless(IterableDataset):
    """What `source.make()` gives, again and again, in each process from another seed."""

    def __init__(self, source, seed):
        self.source, self.seed = source, seed

    def __iter__(self):
        self.source.random = np.random.default_rng([self.seed, get_worker_info().id])
        while True:
            yield self.source.make()


def batches_ahead(source, seed: int, workers: int):
    """An endless iterator of the batches of `source` (whose `make` gives arrays) as tensors."""
    return iter(DataLoader(Endless(source, seed), batch_size=None, num_workers=workers, prefetch_factor=4,
                           multiprocessing_context="fork", pin_memory=torch.cuda.is_available()))

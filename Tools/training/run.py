"""What both trainings share: a schedule in time, averaged weights, a CSV log, checkpoints to go on from."""

import csv
import math
import os
import time
from pathlib import Path

import torch


class Run:
    """One phase of training that lasts `minutes` of computing time and can be interrupted and resumed.

    Learning rate: linear warm-up, then a cosine from `peak` to `peak·floor` over the time budget. Time that the process
    spends stopped counts for at most 15 seconds a step."""

    def __init__(self, folder: Path, network, peak, floor, minutes, decay=0.9985, weight_decay=0.05, warm_up=300, initial=None):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.network = folder, network
        self.peak, self.floor, self.budget, self.decay, self.warm_up = peak, floor, minutes * 60, decay, warm_up
        groups = [{"params": [p for p in network.parameters() if p.ndim > 1], "weight_decay": weight_decay},
                  {"params": [p for p in network.parameters() if p.ndim <= 1], "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=peak, betas=(0.9, 0.99))
        self.step, self.elapsed, self.losses, self.last_save = 0, 0.0, [], time.monotonic()
        if initial:
            self.load_matching(torch.load(initial, map_location="cpu", weights_only=False)["average"])
        self.average = {k: v.clone() for k, v in network.state_dict().items()}
        if (folder / "last.pt").exists():
            self.resume()
        self.clock = time.monotonic()
        self.log = open(folder / "log.csv", "a", newline="")
        self.writer = csv.writer(self.log)
        (folder / "pid").write_text(str(os.getpid()))

    def load_matching(self, state):
        """Takes the values whose name and shape fit; says how many."""
        own = self.network.state_dict()
        fitting = {k: v for k, v in state.items() if k in own and own[k].shape == v.shape}
        self.network.load_state_dict(fitting, strict=False)
        print(f"{len(fitting)} of {len(own)} values taken from the initial checkpoint", flush=True)

    def resume(self):
        saved = torch.load(self.folder / "last.pt", map_location="cpu", weights_only=False)
        self.network.load_state_dict(saved["network"])
        self.average = {k: saved["average"][k].to(v.device) for k, v in self.average.items()}
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.elapsed = saved["step"], saved["elapsed"]
        print(f"resumed at step {self.step}, {self.elapsed / 60:.1f} min", flush=True)

    @property
    def progress(self) -> float:
        return min(1.0, self.elapsed / self.budget)

    def rate(self) -> float:
        cosine = self.floor + (1 - self.floor) * (1 + math.cos(math.pi * self.progress)) / 2
        return self.peak * cosine * min(1.0, (self.step + 1) / self.warm_up)

    def update(self, loss) -> bool:
        """One optimizer step; false when the time is over (everything is saved then)."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimizer.step()
        self.step += 1
        self.follow()
        now = time.monotonic()
        self.elapsed += min(15.0, now - self.clock)
        self.clock = now
        self.losses.append(loss.detach())
        if self.step % 100 == 0:
            self.report()
        finished = self.elapsed >= self.budget
        if finished or now - self.last_save > 40:
            self.save()
        return not finished

    @torch.no_grad()
    def follow(self):
        keep = min(self.decay, (1 + self.step) / (10 + self.step))
        values = {k: v for k, v in self.network.state_dict().items() if v.is_floating_point()}
        torch._foreach_lerp_([self.average[k] for k in values], list(values.values()), 1 - keep)

    def report(self):
        mean = torch.stack(self.losses).mean().item()
        self.losses = []
        self.writer.writerow([self.step, round(self.elapsed), f"{self.rate():.2e}", f"{mean:.4f}"])
        self.log.flush()
        print(f"step {self.step}  {self.elapsed / 60:.1f} min  rate {self.rate():.2e}  loss {mean:.4f}", flush=True)

    def save(self):
        state = {"network": self.network.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(),
                 "step": self.step, "elapsed": self.elapsed}
        torch.save(state, self.folder / "last.tmp")
        os.replace(self.folder / "last.tmp", self.folder / "last.pt")
        self.last_save = time.monotonic()

"""Times networks on posetrail, ONNX Runtime and OpenVINO in turn. Started by Tools/compare-runtimes; see there."""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

import numpy
import onnx


def with_free_batch(model, cache):
    """A copy of the model whose inputs and outputs leave their first dimension open."""
    network = onnx.load(model)
    weights = {tensor.name for tensor in network.graph.initializer}
    for value in [*network.graph.input, *network.graph.output]:
        dimensions = value.type.tensor_type.shape.dim
        if value.name not in weights and dimensions:
            dimensions[0].dim_param = "batch"
    del network.graph.value_info[:]
    copy = cache / f"{model.stem}.free-batch.onnx"
    onnx.save(network, copy)
    return copy


def run_onnxruntime(model, batch, threads, precision):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    data = session.get_inputs()[0]
    batch_of_items = random_items([batch, *data.shape[1:]])
    return lambda: session.run(None, {data.name: batch_of_items})


def run_openvino(model, batch, threads, precision):
    import openvino

    network = openvino.Core().read_model(model)
    network.reshape([batch, *[size.get_length() for size in list(network.input(0).partial_shape)[1:]]])
    settings = {
        "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision
    }
    request = openvino.Core().compile_model(network, "CPU", settings).create_infer_request()
    batch_of_items = random_items(list(network.input(0).shape))
    return lambda: request.infer([batch_of_items])


def random_items(shape):
    return numpy.random.default_rng(0).random(shape, dtype=numpy.float32) - 0.5


PEERS = {"ONNX Runtime": run_onnxruntime, "OpenVINO": run_openvino}


def measure_peer(name, model, batch, threads, precision, seconds):
    """Runs in a process of its own, so that one runtime's threads do not disturb the next."""
    run = PEERS[name](model, batch, threads, precision)
    for _ in range(2):
        run()
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000 / batch)
    print(json.dumps({"median": statistics.median(times), "minimum": min(times)}))


def peer(name, model, batch, threads, precision, seconds):
    command = [sys.executable, __file__, "--peer", name, *map(str, [model, batch, threads, precision, seconds])]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def posetrail(options, model, batch, threads, precision, seconds):
    command = [options.program, "network", "bench", model, "--batch", batch, "--threads", threads]
    command += ["--precision", precision, "--seconds", seconds, "--backend", options.backend, "--json"]
    output = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    return json.loads(output)["milliseconds_per_item"]


def compare(model, batch, precision, options):
    """Many short rounds in which the runtimes take turns, each beginning with another one. Two ratios come out of them: that of
    everybody's best round, for machines that now and then run slower, and the median of the rounds' own ratios, for machines
    that are busy all the time."""
    peers = [name for name in PEERS if precision == "f32" or name == "OpenVINO"]
    setting = (model, batch, options.threads, precision, options.seconds)
    order = ["posetrail", *peers]
    rounds = []
    for _ in range(options.rounds):
        turn = {name: posetrail(options, *setting) if name == "posetrail" else peer(name, *setting) for name in order}
        rounds.append({name: times["median"] for name, times in turn.items()})
        order = order[1:] + order[:1]
    best = {name: min(turn[name] for turn in rounds) for name in order}
    ratios = {name: statistics.median(turn[name] / turn["posetrail"] for turn in rounds) for name in peers}
    cells = [
        f"{best[name]:7.2f} ({best[name] / best['posetrail']:.2f}×, {ratios[name]:.2f}×)" if name in peers else " " * 22
        for name in PEERS
    ]
    name = model.name.removesuffix(".free-batch.onnx")
    print(f"{name:26}{precision:5}{batch:5}{best['posetrail']:10.2f}   {'  '.join(cells)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", required=True)
    parser.add_argument("--cache", required=True, type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.7)
    parser.add_argument("--precisions", nargs="+", default=["f32", "bf16"], choices=["f32", "bf16"])
    parser.add_argument("--backend", default="onednn", choices=["onednn", "openblas"])
    options = parser.parse_args()
    models = options.models or [options.cache / "simple-baseline-resnet50.onnx", options.cache / "hrnet-w32.onnx"]
    print(f"milliseconds per item on {options.threads} threads: the median of the best round; in brackets the peer's time as a")
    print("multiple of posetrail's: of the best rounds, and the median over all rounds")
    print(f"{'network':26}{'type':5}{'batch':>5}{'posetrail':>10}   {'ONNX Runtime':>22}  {'OpenVINO':>22}")
    for model in models:
        copy = with_free_batch(model, options.cache)
        for precision in options.precisions:
            for batch in options.batches:
                compare(copy, batch, precision, options)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        name, model, batch, threads, precision, seconds = sys.argv[2:]
        measure_peer(name, model, int(batch), int(threads), precision, float(seconds))
    else:
        main()

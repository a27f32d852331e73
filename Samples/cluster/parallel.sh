#!/bin/bash
# Without any engine: as many workers as processors, by GNU parallel where it is installed, else by xargs.
# parallel.sh jobs.jsonl [WORKERS]
set -u
manifest=$1
workers=${2:-$(nproc)}
program=${POSETRAIL:-posetrail}

if command -v parallel >/dev/null; then
  seq "$workers" | parallel --will-cite --jobs "$workers" --line-buffer \
    "$program" batch run "$manifest" --jobs 1 --shard "{}/$workers" --quiet
else
  seq "$workers" | xargs -P "$workers" -I{} "$program" batch run "$manifest" --jobs 1 --shard "{}/$workers" --quiet
fi

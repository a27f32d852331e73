#!/bin/bash
# An array of ten tasks, each of which does its part of a batch: sbatch slurm-array.sh jobs.jsonl
#SBATCH --job-name=posetrail
#SBATCH --array=0-9
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=08:00:00
# Two minutes before the end: what is under way is kept, and the task begins again.
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append
set -u
manifest=$1

# As a child of this shell, so that the shell hears of signals while it waits. USR1 comes before the time is up, TERM when
# somebody, or the end of the time, wants an end.
"${POSETRAIL:-posetrail}" batch run "$manifest" --quiet &
worker=$!
again=
trap 'again=yes; kill -TERM $worker' USR1
trap 'kill -TERM $worker' TERM
# A trap ends a wait before the worker has ended; afterwards the shell still knows its status.
wait $worker
while kill -0 $worker 2>/dev/null; do wait $worker; done
wait $worker
status=$?

case $status in
  130) # Its time was not enough: the task begins again, and goes on where it stopped.
    [ -z "$again" ] || scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" ;;
  2 | 3) # Some videos can't be used, or not wholly: that does not change by trying again. `batch status` names them.
    exit 0 ;;
esac
exit $status

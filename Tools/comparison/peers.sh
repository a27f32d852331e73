# Sourced by the comparisons, with $root set: sets $peers and $python, and installs the pinned peers where they are missing.
peers=${POSETRAIL_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/posetrail-peers}
requirements=$root/Tools/comparison/requirements.txt
python=$peers/venv/bin/python

mkdir -p "$peers"
if ! cmp -s "$requirements" "$peers/requirements.txt"; then
  echo "installing the peers into $peers …" >&2
  python3 -m venv "$peers/venv"
  "$python" -m pip install --quiet --requirement "$requirements" >&2
  cp "$requirements" "$peers/requirements.txt"
fi

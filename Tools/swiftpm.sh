# Sourced by Tools/test and Tools/run-sample: keeps within the clone what SwiftPM would leave in the home folder and in /tmp.
export TMPDIR=$PWD/.build/tmp
mkdir -p "$TMPDIR"
swiftpm=(--cache-path .build/swiftpm/cache --config-path .build/swiftpm/config --security-path .build/swiftpm/security)

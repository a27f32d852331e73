# Sourced by Tools/test and Tools/run-sample. `within_clone swift …` keeps within the clone what Swift and its package
# manager would leave in the home folder and in /tmp.
options=(--cache-path .build/swiftpm/cache --config-path .build/swiftpm/config --security-path .build/swiftpm/security)

within_clone() {
  mkdir -p .build/tmp
  env TMPDIR="$PWD/.build/tmp" XDG_CACHE_HOME="$PWD/.build/home/cache" XDG_CONFIG_HOME="$PWD/.build/home/config" \
    XDG_DATA_HOME="$PWD/.build/home/data" "$@"
}

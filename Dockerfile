# posetrail on a Debian without Swift:
#   docker build -t posetrail .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" posetrail track clip.mp4 -o results
FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY . .
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends dpkg-dev python3 >/dev/null && Tools/setup
RUN Tools/package /packages

FROM debian:bookworm-slim
RUN --mount=type=bind,from=build,source=/packages,target=/packages \
  apt-get update -qq && apt-get install -y -qq --no-install-recommends /packages/*.deb >/dev/null && rm -rf /var/lib/apt/lists/*
WORKDIR /data
ENTRYPOINT ["posetrail"]
CMD ["--help"]

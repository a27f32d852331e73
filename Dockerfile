# posetrail on a Debian without Swift: docker build -t posetrail . && docker run --rm -v "$PWD:/data" posetrail track clip.mp4 -o results
FROM swift:6.3-bookworm AS build
WORKDIR /source
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends dpkg-dev python3 && rm -rf /var/lib/apt/lists/*
COPY . .
RUN Tools/setup && Tools/package /packages

FROM debian:bookworm-slim
COPY --from=build /packages/*.deb /tmp/
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends /tmp/*.deb && rm -rf /var/lib/apt/lists/* /tmp/*.deb
WORKDIR /data
ENTRYPOINT ["posetrail"]
CMD ["--help"]

# weir in a container. The build stage is named by what it needs, not by COPY of everything: a folder
# of keys beside it never gets into a layer.
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY xtask xtask
COPY crates crates
COPY benches benches
COPY policies policies
COPY src src
RUN cargo build --release --locked --package weir --bin weir

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libssl3 zlib1g \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /build/target/release/weir /usr/local/bin/weir
COPY pipelines /etc/weir/pipelines
COPY policies /etc/weir/policies
COPY schemas /etc/weir/schemas
COPY destinations.yaml /etc/weir/destinations.yaml
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /etc/weir
ENTRYPOINT ["weir"]
CMD ["--help"]

# docker build --tag clinlint .
# docker run --rm --volume "$PWD:/content:ro" clinlint
FROM rust:1.91-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo install --locked --path . --root /installed

FROM debian:bookworm-slim
# For --since and diff.
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /content
COPY --from=build /installed/bin/clinlint /usr/local/bin/clinlint
WORKDIR /content
USER nobody
ENTRYPOINT ["clinlint"]
CMD ["check"]

# Two stages: dependencies from the hash-pinned lock first, so that a change of code rebuilds little.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/streams
COPY requirements.lock /src/
RUN /opt/streams/bin/python -m pip install --require-hashes -r /src/requirements.lock
COPY pyproject.toml README.md LICENSE /src/
COPY streams /src/streams
COPY config /src/config
RUN /opt/streams/bin/python -m pip install --no-deps --no-build-isolation /src

FROM python:3.11-slim
ARG REVISION=unknown
LABEL org.opencontainers.image.title="withdrawal-streams" \
      org.opencontainers.image.description="Raw news pages in, withdrawal events with their proof out" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin streams
COPY --from=build /opt/streams /opt/streams
ENV PATH=/opt/streams/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STREAMS_ADMIN_HOST=0.0.0.0 \
    STREAMS_LOG_FORMAT=json
USER 10001:10001
WORKDIR /tmp
EXPOSE 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9464/livez', timeout=4)"]
ENTRYPOINT ["streams"]
CMD ["worker"]

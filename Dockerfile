# Two stages. Dependencies come first and from the hash-pinned lock, so that a change of code rebuilds little. The lock
# holds the developer's tools too: all is fetched by hash, and only what the program asks for is installed.
# The build stage has a C compiler, for the cleaner's pass; the image that runs has none and needs none.
FROM python:3.11 AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock pyproject.toml ./
# hatchling needs no version here: it comes from the lock, since /wheels is all that pip may look at.
# hadolint ignore=DL3013
RUN python -m pip wheel --quiet --require-hashes --no-deps --wheel-dir /wheels -r requirements.lock \
 && python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > asked.txt \
 && python -m venv /opt/streams \
 && /opt/streams/bin/python -m pip install --quiet --no-index --find-links /wheels -r asked.txt \
 && python -m pip install --quiet --no-index --find-links /wheels hatchling
COPY README.md LICENSE ./
COPY tools/compile_pass.py ./tools/compile_pass.py
COPY streams ./streams
COPY config ./config
RUN python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/streams/bin/python -m pip install --quiet --no-deps --no-index /dist/*.whl \
 && /opt/streams/bin/streams config check \
 && /opt/streams/bin/streams version | grep -E 'cleaning pass +compiled'

FROM python:3.11-slim
ARG REVISION=unknown
LABEL org.opencontainers.image.title="withdrawal-streams" \
      org.opencontainers.image.description="Raw news pages in, withdrawal events with their proof out" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin streams \
 && install -d -o 10001 -g 10001 /var/lib/streams
COPY --from=build /opt/streams /opt/streams
ENV PATH=/opt/streams/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STREAMS_ADMIN_HOST=0.0.0.0 \
    STREAMS_STATE_DIR=/var/lib/streams \
    STREAMS_LOG_FORMAT=json \
    STREAMS_REVISION=${REVISION}
USER 10001:10001
WORKDIR /tmp
EXPOSE 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:%s/livez' % os.environ.get('STREAMS_ADMIN_PORT', '9464'), timeout=4)"]
ENTRYPOINT ["streams"]
CMD ["worker"]

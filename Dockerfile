# The chat in a container that needs no network when it runs. See docs/deploy.md.
FROM python:3.11-slim AS build
# A package index with CPU builds of torch, where the usual build brings CUDA.
ARG TORCH_INDEX=""
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/onrecord
WORKDIR /source
# torch alone first: by far the largest layer, and it stays while its version does.
COPY constraints.txt ./
RUN /opt/onrecord/bin/pip install --constraint constraints.txt \
    ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} torch
COPY pyproject.toml README.md LICENSE app.py ./
COPY corpus corpus
COPY index index
COPY retrieval retrieval
COPY interface interface
RUN /opt/onrecord/bin/pip install --constraint constraints.txt \
    ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} ".[mcp]"

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent onrecord \
    && install -d -o onrecord -g onrecord /index
COPY --from=build /opt/onrecord /opt/onrecord
ENV PATH=/opt/onrecord/bin:$PATH \
    ONRECORD_INDEX=/index \
    HF_HUB_OFFLINE=1 \
    PYTHONDONTWRITEBYTECODE=1
USER onrecord
WORKDIR /index
# The index of the starter collection, so that the image answers as it is. A new volume on /index
# begins as a copy of it.
RUN onrecord build
VOLUME /index
EXPOSE 7860
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["onrecord"]
CMD ["serve", "--host", "0.0.0.0"]

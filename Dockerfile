# The pinned stack: Python 3.8 is the newest that TensorFlow 2.4.0 has wheels for.
#   docker build -t fcnn .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" fcnn train configs/iris.yaml
# --user makes the results yours; nothing needs a network, nor more to write than /work and /tmp.
ARG PYTHON_IMAGE=python:3.8-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
# A mirror of your own: docker build --build-arg PIP_INDEX_URL=...
ARG PIP_INDEX_URL
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /build
COPY requirements-build.lock requirements.lock ./
# Two of TensorFlow's pins exist as source only. What builds them is installed first, from hashes, and an isolated build,
# which would fetch the newest unhashed, is ruled out.
RUN pip install --no-cache-dir --require-hashes -r requirements-build.lock \
    && pip install --no-cache-dir --require-hashes --no-build-isolation -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && pip check

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="fcnn" \
      org.opencontainers.image.description="Train fully connected networks on tables, from one YAML file" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/venv /opt/venv
# A --user has no entry in passwd, so HOME and matplotlib's folder are named; the byte code is in the image already.
ENV PATH=/opt/venv/bin:$PATH \
    HOME=/tmp \
    MPLBACKEND=Agg \
    MPLCONFIGDIR=/tmp/matplotlib \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONHASHSEED=0 \
    PYTHONUNBUFFERED=1 \
    TF_CPP_MIN_LOG_LEVEL=2 \
    TF_DETERMINISTIC_OPS=1
WORKDIR /work
USER 10001:10001
ENTRYPOINT ["fcnn"]
CMD ["--help"]

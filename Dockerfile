# One image for every role: `serve`, `worker`, `up`, `doctor`.
#   docker build -t resume-processor .
#   docker build -t resume-processor --build-arg LOCK=tracing .     with OpenTelemetry
#   docker run -p 8000:8000 -e RESUME_PROCESSOR_BOOTSTRAP_KEY=$(openssl rand -hex 32) resume-processor
FROM python:3.11-slim AS build
ARG LOCK=base
WORKDIR /build
RUN python -m venv /app
COPY requirements/ requirements/
RUN /app/bin/pip install --no-cache-dir --require-hashes -r requirements/${LOCK}.lock
COPY pyproject.toml README.md LICENSE ./
COPY src/ src/
RUN /app/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
# Nothing runs as root, and nothing but /data and /tmp is written to.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin resumes \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RESUME_PROCESSOR_DATA_DIR=/data
USER 10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["resume-processor"]
CMD ["up", "--host", "0.0.0.0"]

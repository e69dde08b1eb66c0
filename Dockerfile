# The web app for one office. Build: docker build -t policy-qa --build-arg TORCH_INDEX=https://download.pytorch.org/whl/cpu .
# Run:   docker run -p 127.0.0.1:7860:7860 -v policy-qa:/data policy-qa
FROM python:3.12-slim AS build
# Where pip finds torch: PyTorch's CPU wheels save gigabytes on a machine without an NVIDIA GPU.
ARG TORCH_INDEX=
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY src src
COPY corpus corpus
RUN python -m venv /opt/policy-qa \
    && /opt/policy-qa/bin/pip install --no-cache-dir -c constraints.txt ${TORCH_INDEX:+--extra-index-url $TORCH_INDEX} torch \
    && /opt/policy-qa/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.12-slim
# Scans are recognised with Tesseract, old Word files read with LibreOffice: leave out what the office does not need.
ARG EXTRAS="tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui"
RUN apt-get update && apt-get install -y --no-install-recommends $EXTRAS && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 policy-qa && install -d -o policy-qa -g policy-qa -m 0700 /data
COPY --from=build /opt/policy-qa /opt/policy-qa
USER policy-qa
WORKDIR /data
ENV PATH=/opt/policy-qa/bin:$PATH PYTHONUTF8=1 \
    POLICY_QA_INDEX=/data/index POLICY_QA_OFFICIAL=/data/official POLICY_QA_CACHE=/data/cache POLICY_QA_DATA=/data/office \
    POLICY_QA_HOST=0.0.0.0
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/readyz', timeout=8)"]
# Without users it refuses to open: docker run -it -v policy-qa:/data policy-qa policy-qa user add TÊN --role keeper
CMD ["sh", "-c", "policy-qa index --quiet && exec policy-qa serve"]

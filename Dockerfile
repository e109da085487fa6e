# One image for web processes, the clock and commands. Configured by environment variables only (docs/operations.md).
FROM python:3.13-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir "uv>=0.5"
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev
COPY . .
RUN SECRET_KEY=only-while-building-this-image-0123456789 DJANGO_SETTINGS_MODULE=config.settings.production \
    VAR_DIR=/app/var .venv/bin/python manage.py compile_catalogues \
    && SECRET_KEY=only-while-building-this-image-0123456789 DJANGO_SETTINGS_MODULE=config.settings.production \
    VAR_DIR=/app/var .venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings.production \
    VAR_DIR=/app/var MEDIA_ROOT=/media
RUN useradd --system --uid 10001 --home-dir /app wortlaut && mkdir /media && chown wortlaut /media
WORKDIR /app
COPY --from=build /app /app
# Attempts to sign in are counted here unless CACHE_URL is set.
RUN install -d -o wortlaut -m 700 /app/var/counts
USER wortlaut
VOLUME /media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "from urllib.request import *; urlopen(Request('http://localhost:8000/healthz', headers={'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", \
     "--no-control-socket", "--access-logfile", "-"]

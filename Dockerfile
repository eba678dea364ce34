# The product for production: one image for web, worker, timetable and migrations. It runs as an ordinary user and writes
# only to /srv/state (uploads, exports, briefs, temporary files, the timetable's memory) and /tmp, which is memory.

FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt

# Front-end files: fetched with the npm of a wheel that stays behind in this stage, then given their immutable names.
FROM packages AS front-end
WORKDIR /app
COPY . .
RUN /venv/bin/python -m peacekeeping.assets
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build REDIS_URL=redis://build/0 STATIC_ROOT=/srv/static \
    /venv/bin/python manage.py collectstatic --noinput --verbosity=0

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv/state --no-create-home casualties \
    && install -d -o casualties -g casualties -m 700 /srv/state
COPY --from=packages /venv /venv
COPY --from=front-end /srv/static /srv/static
WORKDIR /app
COPY . .
RUN /venv/bin/python -m compileall -q .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATE_DIR=/srv/state TMPDIR=/srv/state/tmp STATIC_ROOT=/srv/static BIND=0.0.0.0:8000
USER casualties
VOLUME /srv/state
EXPOSE 8000
CMD ["gunicorn", "peacekeeping.wsgi:application"]

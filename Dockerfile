# syntax=docker/dockerfile:1
# One image for every program of Millrace. Without a command it is the whole workbench with its own database:
#   docker run -p 127.0.0.1:8000:8000 -e MILLRACE_TOKEN=<16 characters or more> -v millrace:/var/lib/millrace millrace
# docker-compose.yml runs the programs apart, on servers of Postgres and Redis.

FROM node:20-bookworm-slim AS build
WORKDIR /app
# What the packages depend on comes first: a change of the sources leaves this layer alone.
COPY package.json package-lock.json .npmrc ./
COPY vendor vendor
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node tools/build.mjs
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    MILLRACE_HOME=/var/lib/millrace \
    MILLRACE_HOST=0.0.0.0 \
    MILLRACE_PORT=8000
WORKDIR /app
# Root owns the programs, so what runs here cannot change them.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN install -d -o node -g node -m 0750 /var/lib/millrace
USER node
VOLUME /var/lib/millrace
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MILLRACE_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/standalone/src/main.js"]

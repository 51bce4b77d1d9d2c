#!/bin/sh
# Three lines of log, then a web server.
printf 'line1\nline2\nline3\n'
exec "$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m -m jdk.httpserver -b "${BIND_ADDRESS:-0.0.0.0}" -p 8080 -d "$2" -o none >/dev/null

#!/bin/sh
# Arguments are the server's options, or another program, as in the real image.
# Redis does not read BIND_ADDRESS by itself. / Redis는 BIND_ADDRESS를 스스로 읽지 않습니다.
server=$1
shift
case "${1:-}" in
  "" | -* | *.conf) ;;
  redis-server) shift ;;
  *) exec "$@" ;;
esac
exec "$server" --bind "${BIND_ADDRESS:-0.0.0.0}" --port 6379 --protected-mode no "$@"

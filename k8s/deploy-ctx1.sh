#!/usr/bin/env bash
# Deploys the course to ctx1 alone.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  say "사용법: k8s/deploy-ctx1.sh [--keep-rules] [--no-wait] [--help]
ctx1 에 배포합니다: 서비스, API 게이트웨이, 화면, 규칙. DOMAIN 환경 변수가 필요합니다.
  --keep-rules  이미 있는 VirtualService와 DestinationRule은 그대로 둡니다
  --no-wait     파드가 준비될 때까지 기다리지 않습니다" \
    "Usage: k8s/deploy-ctx1.sh [--keep-rules] [--no-wait] [--help]
Deploys to ctx1: services, API gateway, page, rules. Needs DOMAIN in the environment.
  --keep-rules  leaves VirtualServices and DestinationRules that exist as they are
  --no-wait     does not wait until the pods are ready"
}

wait=yes
for option in "$@"; do
  case "$option" in
    --keep-rules) KEEP_RULES=yes ;;
    --no-wait) wait=no ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
done

need_kubectl
need_domain
need_context ctx1
deploy ctx1
if [ "$wait" = yes ]; then wait_ready ctx1; fi

#!/usr/bin/env bash
# Deploys the whole course to ctx1 and ctx2: on real clusters and on the laptop alike. Safe to repeat.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  say "사용법: k8s/deploy-all.sh [--keep-rules] [--remote-access] [--no-wait] [--help]
ctx1 과 ctx2 에 모두 배포합니다. 여러 번 실행해도 됩니다. DOMAIN 환경 변수가 필요합니다.
  --keep-rules     이미 있는 VirtualService와 DestinationRule은 그대로 둡니다
  --remote-access  화면이 ctx2 의 파드도 읽도록 읽기 전용 자격 증명을 만듭니다(create-remote-access.sh)
  --no-wait        파드가 준비될 때까지 기다리지 않습니다" \
    "Usage: k8s/deploy-all.sh [--keep-rules] [--remote-access] [--no-wait] [--help]
Deploys to ctx1 and ctx2. Safe to repeat. Needs DOMAIN in the environment.
  --keep-rules     leaves VirtualServices and DestinationRules that exist as they are
  --remote-access  makes a read-only credential, so that the page can read ctx2's pods (create-remote-access.sh)
  --no-wait        does not wait until the pods are ready"
}

wait=yes
remote=no
for option in "$@"; do
  case "$option" in
    --keep-rules) KEEP_RULES=yes ;;
    --remote-access) remote=yes ;;
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
need_context ctx2
# ctx2 first: it has Redis, and the gateway of ctx1 reads the credential when it starts.
deploy ctx2
if [ "$remote" = yes ]; then "$K8S/create-remote-access.sh"; fi
deploy ctx1
if [ "$wait" = yes ]; then
  wait_ready ctx2
  wait_ready ctx1
fi
say "배포했습니다. 화면: http://theater.$DOMAIN/" "Deployed. Page: http://theater.$DOMAIN/"

#!/usr/bin/env bash
# Removes what deploy-all.sh made. What an administrator installed (istio-system, gateways) stays.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  say "사용법: k8s/cleanup.sh [--all] [--help]
현재 컨텍스트에서 네임스페이스 theater-msa 와 그 안의 모든 것, 그리고 istio-system 의 VirtualService theater-msa 를 지웁니다.
예약을 포함한 Redis 데이터도 지워집니다.
  --all   ctx1 과 ctx2 모두에서 지웁니다" \
    "Usage: k8s/cleanup.sh [--all] [--help]
Deletes, in the current context, the namespace theater-msa with everything in it, and the VirtualService theater-msa in istio-system.
Redis' data, bookings included, goes with it.
  --all   in ctx1 and in ctx2"
}

contexts=
for option in "$@"; do
  case "$option" in
    --all) contexts="ctx1 ctx2" ;;
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
if [ -z "$contexts" ]; then
  contexts=$(kubectl config current-context 2>/dev/null) ||
    fail "현재 컨텍스트가 없습니다. 'kubectl config use-context ctx1' 을 하거나 --all 을 쓰세요." \
      "There is no current context. Use 'kubectl config use-context ctx1', or --all."
fi
for context in $contexts; do need_context "$context"; done
for context in $contexts; do
  say "== $context 를 정리합니다" "== cleaning up $context"
  kubectl --context "$context" delete virtualservice theater-msa any-host -n istio-system --ignore-not-found
  kubectl --context "$context" delete namespace "$NAMESPACE" --ignore-not-found --timeout=120s
done
say "정리했습니다." "Cleaned up."

#!/usr/bin/env bash
# Lets the page in ctx1 read ctx2's pods: a reader in ctx2, and its kubeconfig as the Secret remote-reader in ctx1.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  say "사용법: k8s/create-remote-access.sh [--help]
ctx2 에 읽기 전용 계정 remote-reader 를 만들고, 그 kubeconfig를 ctx1 의 Secret remote-reader 로 넣습니다.
파드, 디플로이먼트, 규칙만 읽을 수 있습니다. 없으면 화면은 ctx2 를 \"알 수 없음\"으로 보입니다." \
    "Usage: k8s/create-remote-access.sh [--help]
Makes the read-only account remote-reader in ctx2 and puts its kubeconfig into the Secret remote-reader in ctx1.
It can read pods, deployments and rules only. Without it the page calls ctx2 unknown."
}

case "${1:-}" in
  "") ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac

need_kubectl
need_context ctx1
need_context ctx2
for context in ctx1 ctx2; do
  kubectl --context "$context" apply -f "$K8S/base/namespace.yaml"
done
kubectl --context ctx2 apply -f "$K8S/remote-reader.yaml"

token=
for _ in $(seq 1 50); do
  token=$(kubectl --context ctx2 -n "$NAMESPACE" get secret remote-reader-token -o jsonpath='{.data.token}' | base64 -d)
  if [ -n "$token" ]; then break; fi
  sleep 0.2
done
[ -n "$token" ] || fail "ctx2 가 remote-reader 의 토큰을 만들지 않았습니다." "ctx2 has made no token for remote-reader."
server=$(kubectl config view --raw --minify --flatten --context ctx2 -o jsonpath='{.clusters[0].cluster.server}')
authority=$(kubectl config view --raw --minify --flatten --context ctx2 -o jsonpath='{.clusters[0].cluster.certificate-authority-data}')
kubectl --context ctx1 apply -f - <<SECRET
apiVersion: v1
kind: Secret
metadata:
  name: remote-reader
  namespace: $NAMESPACE
type: Opaque
stringData:
  kubeconfig: |
    apiVersion: v1
    kind: Config
    current-context: ctx2
    clusters:
      - name: ctx2
        cluster:
          server: $server
          certificate-authority-data: $authority
    contexts:
      - name: ctx2
        context:
          cluster: ctx2
          user: remote-reader
          namespace: $NAMESPACE
    users:
      - name: remote-reader
        user:
          token: $token
SECRET

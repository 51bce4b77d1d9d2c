# Shared by the scripts of this folder; not run by itself. / 이 폴더의 스크립트가 함께 씁니다. 혼자 실행하지 않습니다.
# shellcheck shell=bash
K8S=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
NAMESPACE=theater-msa

# say KOREAN ENGLISH: one line in the reader's language (THEATER_LANG, else LANG).
say() {
  case "${THEATER_LANG:-${LC_ALL:-${LANG:-en}}}" in
    ko*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$2" ;;
  esac
}

fail() {
  say "$1" "$2" >&2
  exit 1
}

need_kubectl() {
  command -v kubectl >/dev/null ||
    fail "kubectl이 없습니다. 설치하거나 ./theater kubectl 을 쓰세요." "kubectl is not on the PATH. Install it, or use ./theater kubectl."
}

need_context() {
  local contexts
  contexts=$(kubectl config get-contexts -o name 2>/dev/null || true)
  # Not as a pipe: grep would close it early, and kubectl's broken pipe would count as a failure.
  grep -qx "$1" <<<"$contexts" ||
    fail "kubeconfig에 컨텍스트 $1 이 없습니다. 'kubectl config rename-context 원래이름 $1' 로 이름을 바꾸거나 KUBECONFIG를 확인하세요." \
      "The kubeconfig has no context $1. Rename yours with 'kubectl config rename-context OLD $1', or check KUBECONFIG."
}

need_domain() {
  [ -n "${DOMAIN:-}" ] ||
    fail "DOMAIN이 비어 있습니다. 예: export DOMAIN=27.96.156.180.nip.io (노트북: export DOMAIN=localhost:8880)" \
      "DOMAIN is not set. Example: export DOMAIN=27.96.156.180.nip.io (laptop: export DOMAIN=localhost:8880)"
  case "$DOMAIN" in
    *[!A-Za-z0-9.:-]*) fail "DOMAIN=$DOMAIN 에 쓸 수 없는 글자가 있습니다." "DOMAIN=$DOMAIN has characters that a host name cannot have." ;;
  esac
}

# need_tag TAG: empty, or what an image may be tagged with.
need_tag() {
  case "$1" in
    [.-]* | *[!A-Za-z0-9_.-]*) fail "태그로 쓸 수 없습니다: $1" "This cannot be a tag: $1" ;;
  esac
}

# The folder to apply for a context: the laptop's adds the host `localhost`.
overlay() {
  if [ "${DOMAIN%%:*}" = localhost ] && [ -d "$K8S/overlays/laptop/$1" ]; then
    echo "$K8S/overlays/laptop/$1"
  else
    echo "$K8S/overlays/$1"
  fi
}

# All manifests of a context, with ${DOMAIN} (for images) and ${DOMAIN_HOST} (the same without a port, for hosts) filled in.
render() {
  kubectl kustomize "$(overlay "$1")" | sed -e "s|\${DOMAIN_HOST}|${DOMAIN%%:*}|g" -e "s|\${DOMAIN}|$DOMAIN|g"
}

# Drops the Istio rules of the course that the context ($1) already has, so that a learner's own are kept.
without_known_rules() {
  local known
  known=$(kubectl --context "$1" -n "$NAMESPACE" get virtualservices.networking.istio.io,destinationrules.networking.istio.io \
    -o jsonpath='{range .items[*]}{.kind}/{.metadata.name}{" "}{end}' 2>/dev/null || true)
  awk -v known=" $known" 'BEGIN { RS = "\n---\n"; first = 1 }
    {
      kind = ""; name = ""
      lines = split($0, line, "\n")
      for (i = 1; i <= lines; i++) {
        if (line[i] ~ /^kind: /) kind = substr(line[i], 7)
        if (line[i] ~ /^  name: / && name == "") name = substr(line[i], 9)
      }
      if (index(known, " " kind "/" name " ") && $0 ~ /\n  namespace: theater-msa/) next
      if (!first) print "---"
      print
      first = 0
    }'
}

# deploy CONTEXT: namespace, then everything else. With KEEP_RULES=yes a learner's rules stay as they are.
deploy() {
  local context=$1
  say "== $context 에 배포합니다" "== deploying to $context"
  kubectl --context "$context" apply -f "$K8S/base/namespace.yaml"
  if [ "$context" = ctx1 ]; then instructor_secret; fi
  if [ "${KEEP_RULES:-no}" = yes ]; then
    render "$context" | without_known_rules "$context" | kubectl --context "$context" apply -f -
  else
    render "$context" | kubectl --context "$context" apply -f -
  fi
}

# The instructor's key opens POST /faults. Made once, never changed, never on a command line.
instructor_secret() {
  if kubectl --context ctx1 -n "$NAMESPACE" get secret theater-instructor -o name >/dev/null 2>&1; then return; fi
  local key
  key=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  kubectl --context ctx1 create -f - <<SECRET
apiVersion: v1
kind: Secret
metadata:
  name: theater-instructor
  namespace: $NAMESPACE
type: Opaque
stringData:
  key: $key
SECRET
}

# wait_ready CONTEXT: until every Deployment of the course is rolled out.
wait_ready() {
  local name
  for name in $(kubectl --context "$1" -n "$NAMESPACE" get deployments -o name); do
    kubectl --context "$1" -n "$NAMESPACE" rollout status "$name" --timeout=300s
  done
}

# deploy_alone CONTEXT KOREAN ENGLISH [OPTION...]: the whole of deploy-ctx1.sh and deploy-ctx2.sh; KOREAN and ENGLISH say what is deployed.
deploy_alone() {
  local context=$1 korean=$2 english=$3 wait=yes option
  shift 3
  for option in "$@"; do
    case "$option" in
      --keep-rules) KEEP_RULES=yes ;;
      --no-wait) wait=no ;;
      --help | -h)
        alone_usage
        exit 0
        ;;
      *)
        alone_usage >&2
        exit 2
        ;;
    esac
  done
  need_kubectl
  need_domain
  need_context "$context"
  deploy "$context"
  if [ "$wait" = yes ]; then wait_ready "$context"; fi
}

alone_usage() {
  say "사용법: k8s/deploy-$context.sh [--keep-rules] [--no-wait] [--help]
$context 에 배포합니다: $korean. DOMAIN 환경 변수가 필요합니다.
  --keep-rules  이미 있는 VirtualService와 DestinationRule은 그대로 둡니다
  --no-wait     파드가 준비될 때까지 기다리지 않습니다" \
    "Usage: k8s/deploy-$context.sh [--keep-rules] [--no-wait] [--help]
Deploys to $context: $english. Needs DOMAIN in the environment.
  --keep-rules  leaves VirtualServices and DestinationRules that exist as they are
  --no-wait     does not wait until the pods are ready"
}

#!/usr/bin/env bash
# The practices from a menu of words. It applies the packages of this folder with the real kubectl and measures through the page's
# address what really happens; it never says that something worked which it did not see.
set -euo pipefail
PRACTICE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$PRACTICE/../k8s/common.sh"

# wrong WORD: it is named, and what can be said.
wrong() {
  say "모르는 말입니다: $1" "Unknown: $1" >&2
  usage >&2
  exit 2
}

usage() {
  say "사용법: practice/fault-injection-demo.sh [--context ctx1|ctx2|both] 명령
  reset              처음 상태(01-initial)로 되돌립니다
  setup              차단기(02-circuit-breaker)를 적용합니다
  delay              지연 장애(03-delay-fault)
  error              오류 장애(04-error-fault)
  block              차단(05-block-fault)
  chaos              복합 장애(99-scenarios)
  circuit            차단기를 적용하고 파드 하나를 아프게 해, 정말 빠지는지 셉니다 (DOMAIN 필요)
  status             지금 어떤 규칙이 있는지 보입니다
  test               서비스마다 20번씩 불러 결과를 셉니다 (DOMAIN 필요)
  recover            장애를 모두 없앱니다: 규칙은 01-initial, 아픈 파드는 낫게
  rollback [이름]     delay, error, block 중 하나만 되돌립니다. 이름이 없으면 reset과 같습니다
  --context          규칙을 바꿀 컨텍스트. 기본은 both (규칙은 그 컨텍스트에서 부르는 쪽에 작동합니다)" \
    "Usage: practice/fault-injection-demo.sh [--context ctx1|ctx2|both] COMMAND
  reset              back to the start (01-initial)
  setup              circuit breakers (02-circuit-breaker)
  delay              delay (03-delay-fault)
  error              errors (04-error-fault)
  block              one context only (05-block-fault)
  chaos              all at once (99-scenarios)
  circuit            applies the breakers, makes one pod sick and counts whether it is ejected (needs DOMAIN)
  status             which rules are in force
  test               calls each service 20 times and counts (needs DOMAIN)
  recover            ends all faults: rules of 01-initial, sick pods healed
  rollback [NAME]    takes back delay, error or block alone; without a name like reset
  --context          whose rules to change; default both (each context's rules act on callers there)"
}

contexts="ctx1 ctx2"
command=
scenario=
while [ $# -gt 0 ]; do
  case "$1" in
    --context)
      case "${2:-}" in
        ctx1 | ctx2) contexts=$2 ;;
        both) contexts="ctx1 ctx2" ;;
        *) wrong "--context ${2:-}" ;;
      esac
      shift
      ;;
    --help | -h | help)
      usage
      exit 0
      ;;
    -*) wrong "$1" ;;
    *)
      if [ -z "$command" ]; then command=$1; elif [ "$command" = rollback ] && [ -z "$scenario" ]; then scenario=$1; else
        wrong "$1"
      fi
      ;;
  esac
  shift
done

prepare() {
  need_kubectl
  local context deployed
  for context in $contexts; do
    need_context "$context"
    deployed=$(kubectl --context "$context" get deployment user-service -n "$NAMESPACE" --ignore-not-found -o name) ||
      fail "$context 의 API 서버가 답하지 않습니다. 노트북이면 ./theater status 로 실행 중인지 보세요." \
        "The API server of $context does not answer. On a laptop, ./theater status tells whether it runs."
    [ -n "$deployed" ] ||
      fail "$context 에 user-service가 없습니다. 먼저 k8s/deploy-all.sh 로 배포하세요." \
        "$context has no user-service. Deploy first: k8s/deploy-all.sh"
  done
}

apply() {
  local context
  for context in $contexts; do
    say "== $context: practice/$1" "== $context: practice/$1"
    kubectl --context "$context" apply -k "$PRACTICE/$1"
  done
}

# apply_one PACKAGE SERVICE: one service's VirtualService of a package.
apply_one() {
  local context
  for context in $contexts; do
    say "== $context: practice/$1, $2-vs" "== $context: practice/$1, $2-vs"
    kubectl kustomize "$PRACTICE/$1" |
      awk -v name="$2-vs" 'BEGIN { RS = "\n---\n" } $0 ~ "kind: VirtualService" && $0 ~ ("\n  name: " name "\n") { print }' |
      kubectl --context "$context" apply -f -
  done
}

# probe PATH: one line "STATUS CONTEXT POD SECONDS"; "-" for the context and pod of an answer that no service gave, status 000 for no answer.
probe() {
  curl -sS -o /dev/null -D - --max-time 15 -w '%{http_code} %{time_total}\n' "http://theater.$DOMAIN$1" 2>/dev/null |
    tr -d '\r' | awk '
      tolower($1) == "x-service-cluster:" { context = $2 }
      tolower($1) == "x-pod-name:" { pod = $2 }
      END { print $1, context ? context : "-", pod ? pod : "-", $2 }' || true
}

count() {
  local name=$1 path=$2 i
  for i in $(seq 20); do probe "$path"; done | awk -v name="$name" '
    $1 == "000" { none++; next }
    $1 == 200 { ok++ } $1 != 200 { other[$1]++ } { by[$2]++ } $4 > 2.5 { slow++ }
    END {
      if (none == NR) exit 1
      printf "%-16s 200: %d/%d", name, ok, NR
      for (code in other) printf "  %s: %d", code, other[code]
      if (none) printf "  no answer: %d", none
      printf "  ctx1: %d  ctx2: %d  Envoy: %d  > 2.5 s: %d\n", by["ctx1"], by["ctx2"], by["-"], slow
    }' || fail "http://theater.$DOMAIN 에서 아무도 답하지 않습니다." "Nothing answers at http://theater.$DOMAIN."
}

test_services() {
  need_domain
  count user-service /users/
  count movie-service /movies/
  count booking-service /bookings/
}

show_status() {
  local context
  for context in $contexts; do
    say "== $context" "== $context"
    kubectl --context "$context" -n "$NAMESPACE" get vs,dr
    kubectl --context "$context" -n "$NAMESPACE" get vs \
      -o 'custom-columns=NAME:.metadata.name,WEIGHTS:.spec.http[-1].route[*].weight,DELAY:.spec.http[*].fault.delay.percentage.value,ABORT:.spec.http[*].fault.abort.percentage.value'
    kubectl --context "$context" -n "$NAMESPACE" get dr \
      -o 'custom-columns=NAME:.metadata.name,5XX:.spec.trafficPolicy.outlierDetection.consecutive5xxErrors,EJECTION:.spec.trafficPolicy.outlierDetection.baseEjectionTime,MAX%:.spec.trafficPolicy.outlierDetection.maxEjectionPercent'
  done
}

instructor_key() {
  kubectl --context ctx1 -n "$NAMESPACE" get secret theater-instructor -o jsonpath='{.data.key}' | base64 -d
}

# faults METHOD JSON: asks the gateway; prints its answer, fails when it refuses.
faults() {
  printf 'header = "X-Instructor-Key: %s"\n' "$(instructor_key)" |
    curl -sS --fail-with-body --max-time 15 -K - -X "$1" -H 'Content-Type: application/json' -d "$2" "http://theater.$DOMAIN/faults"
  echo
}

# takes_part POD: awaits that the pod answers 200 (it may still be ejected since an earlier try).
takes_part() {
  local i
  for i in $(seq 1500); do
    if [ "$(probe /users/ | awk -v pod="$1" '$1 == 200 && $3 == pod')" ]; then return; fi
    if [ "$i" = 40 ]; then
      say "파드 $1 이(가) 아직 빠져 있습니다. 돌아올 때까지 기다립니다(최대 몇 분)." \
        "Pod $1 is still out since an earlier try: waiting until it is back (some minutes at most)."
    fi
    sleep 0.1
  done
  fail "파드 $1 이(가) 답하지 않습니다. kubectl --context ctx1 -n $NAMESPACE describe pod $1 로 살펴보세요." \
    "Pod $1 does not answer. Look with kubectl --context ctx1 -n $NAMESPACE describe pod $1."
}

circuit() {
  need_domain
  case " $contexts " in
    *" ctx1 "*) ;;
    *) fail "circuit은 ctx1의 게이트웨이에서 셉니다. --context ctx2 로는 볼 수 없습니다." \
      "circuit counts at ctx1's gateway: it cannot be seen with --context ctx2." ;;
  esac
  apply 02-circuit-breaker
  local sick answers errors answered i
  sick=$(kubectl --context ctx1 -n "$NAMESPACE" get pods -l app=user-service -o jsonpath='{.items[0].metadata.name}')
  faults DELETE '{"service":"user-service","context":"ctx1"}'
  takes_part "$sick"
  say "== 파드 $sick 이(가) 60초 동안 500으로 답합니다" "== pod $sick answers 500 for 60 s"
  faults POST "{\"service\":\"user-service\",\"context\":\"ctx1\",\"pod\":\"$sick\",\"status\":500,\"for\":\"60s\"}"
  # Services read their faults anew every second. / 서비스는 1초마다 장애를 다시 읽습니다.
  sleep 2
  answers=$(for i in $(seq 40); do probe /users/; done)
  errors=$(awk -v pod="$sick" '$3 == pod && $1 == 500' <<<"$answers" | wc -l)
  answered=$(tail -n 20 <<<"$answers" | awk -v pod="$sick" '$3 == pod' | wc -l)
  say "아픈 파드의 500: $errors 번, 마지막 20번 중 그 파드가 답한 것: $answered 번" \
    "500s of the sick pod: $errors; its answers among the last 20 calls: $answered"
  if [ "$errors" -ge 2 ] && [ "$answered" -eq 0 ]; then
    say "차단기가 열렸습니다: 파드가 빠졌습니다. 약 30초 뒤에 다시 시도합니다." "The breaker tripped: the pod is ejected. It is tried again after about 30 s."
  else
    say "차단기가 열리는 것을 보지 못했습니다. 다시 해 보거나 kubectl get dr 로 규칙을 확인하세요." \
      "No ejection was seen. Try again, or look at the rules: kubectl get dr"
    return 1
  fi
}

recover() {
  apply 01-initial
  if [ -n "${DOMAIN:-}" ]; then
    faults DELETE '{}'
  else
    say "DOMAIN이 없어서 아픈 파드는 그대로입니다. 정한 시간이 지나면 저절로 낫습니다." \
      "DOMAIN is not set, so sick pods stay sick until their time is over."
  fi
}

rollback() {
  case "$scenario" in
    "") apply 01-initial ;;
    delay) apply_one 01-initial movie-service ;;
    error) apply_one 01-initial user-service ;;
    block) apply_one 01-initial booking-service ;;
    *) wrong "rollback $scenario" ;;
  esac
}

case "$command" in
  reset | setup | delay | error | block | chaos | circuit | status | test | recover | rollback) prepare ;;
  "")
    usage
    exit 2
    ;;
  *) wrong "$command" ;;
esac
case "$command" in
  reset) apply 01-initial ;;
  setup) apply 02-circuit-breaker ;;
  delay) apply 03-delay-fault ;;
  error) apply 04-error-fault ;;
  block) apply 05-block-fault ;;
  chaos) apply 99-scenarios ;;
  circuit) circuit ;;
  status) show_status ;;
  test) test_services ;;
  recover) recover ;;
  rollback) rollback ;;
esac

#!/usr/bin/env bash
# Writes registry and tag into the image lines of the manifests, for those who apply them by hand with kubectl.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  say "사용법: k8s/update-deployment-images.sh [도메인] [--tag 태그] [--help]
        k8s/update-deployment-images.sh --restore
k8s/base와 k8s/gateway의 이미지 줄을 harbor.도메인/theater-msa/이름:태그로 바꿉니다. 도메인이 없으면 DOMAIN을 씁니다. 여러 번 실행해도 됩니다.
그 뒤에는 스크립트 없이 kubectl apply -k k8s/overlays/ctx1 로도 배포할 수 있습니다.
  --tag 태그   기본은 latest
  --restore    저장소에 있는 처음 값(harbor.\${DOMAIN}, latest)으로 되돌립니다" \
    "Usage: k8s/update-deployment-images.sh [DOMAIN] [--tag TAG] [--help]
       k8s/update-deployment-images.sh --restore
Writes harbor.DOMAIN/theater-msa/NAME:TAG into the image lines of k8s/base and k8s/gateway. Without DOMAIN the variable DOMAIN counts.
Safe to repeat. Afterwards kubectl apply -k k8s/overlays/ctx1 deploys without a script, too.
  --tag TAG    default latest
  --restore    back to what the repository has (harbor.\${DOMAIN}, latest)"
}

tag=latest
restore=no
domain=
while [ $# -gt 0 ]; do
  case "$1" in
    --tag)
      tag=${2:-}
      if [ -z "$tag" ]; then
        usage >&2
        exit 2
      fi
      shift
      ;;
    --restore) restore=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      if [ -n "$domain" ] || [ "${1#-}" != "$1" ]; then
        usage >&2
        exit 2
      fi
      domain=$1
      ;;
  esac
  shift
done

if [ "$restore" = yes ]; then
  registry='${DOMAIN}'
  host='${DOMAIN_HOST}'
  tag=latest
else
  DOMAIN=${domain:-${DOMAIN:-}}
  need_domain
  need_tag "$tag"
  registry=$DOMAIN
  host=${DOMAIN%%:*}
fi

changed=0
for file in "$K8S"/base/*-service.yaml "$K8S"/gateway/*.yaml; do
  next=$(sed -E \
    -e "s#(image: )harbor\..*/theater-msa/([a-z-]+):.*#\1harbor.$registry/theater-msa/\2:$tag#" \
    -e "s#^(    - )theater\..*#\1theater.$host#" "$file")
  if [ "$next" != "$(cat "$file")" ]; then
    printf '%s\n' "$next" >"$file"
    say "바꿈: k8s/${file#"$K8S"/}" "changed: k8s/${file#"$K8S"/}"
    changed=$((changed + 1))
  fi
done
grep -h "image: harbor" "$K8S"/base/*-service.yaml "$K8S"/gateway/*.yaml | sed 's/^ */  /'
say "파일 $changed 개를 바꿨습니다." "$changed files changed."

#!/usr/bin/env bash
# Builds the images of the four services: for a registry with podman or docker, for the laptop into its image store.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
ROOT=$(cd "$K8S/.." && pwd)

usage() {
  say "사용법: k8s/build-images.sh [도메인] [--tag 태그] [--no-push] [--help]
user-service, movie-service, booking-service, api-gateway의 이미지를 만듭니다. 도메인이 없으면 DOMAIN을 씁니다.
  도메인이 localhost면   ./theater build --tag 태그: 노트북의 이미지 저장소에 넣습니다 (컨테이너가 필요 없습니다)
  아니면                podman이나 docker로 만들어 harbor.도메인/theater-msa/ 에 올립니다
  --tag 태그   기본은 latest (노트북에서는 꼭 정해야 합니다: latest는 늘 ./theater up이 만든 것입니다)
  --no-push    만들기만 하고 올리지 않습니다" \
    "Usage: k8s/build-images.sh [DOMAIN] [--tag TAG] [--no-push] [--help]
Makes the images of user-service, movie-service, booking-service and api-gateway. Without DOMAIN the variable DOMAIN counts.
  DOMAIN is localhost  ./theater build --tag TAG: into the laptop's image store (no containers needed)
  any other            built with podman or docker and pushed to harbor.DOMAIN/theater-msa/
  --tag TAG    default latest (on the laptop a tag is needed: latest is always what ./theater up built)
  --no-push    only builds"
}

tag=
push=yes
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
    --no-push) push=no ;;
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

DOMAIN=${domain:-${DOMAIN:-}}
need_domain
need_tag "$tag"
if [ "${DOMAIN%%:*}" = localhost ]; then
  [ -n "$tag" ] ||
    fail "태그를 정하세요. 예: k8s/build-images.sh --tag v2" "Name a tag, for example: k8s/build-images.sh --tag v2"
  exec "$ROOT/theater" build --tag "$tag"
fi

tool=
for candidate in podman docker; do
  if command -v "$candidate" >/dev/null; then
    tool=$candidate
    break
  fi
done
[ -n "$tool" ] ||
  fail "podman도 docker도 없습니다. 하나를 설치하세요. 노트북만 쓴다면: ./theater build --tag v2" \
    "There is neither podman nor docker: install one. For the laptop alone: ./theater build --tag v2"

"$ROOT/theater" build
for name in user-service movie-service booking-service api-gateway; do
  image=harbor.$DOMAIN/theater-msa/$name:${tag:-latest}
  say "== $image 를 만듭니다 ($tool)" "== building $image ($tool)"
  "$tool" build -t "$image" "$ROOT/services/$name"
  if [ "$push" = yes ]; then "$tool" push "$image"; fi
done

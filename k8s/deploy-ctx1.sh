#!/usr/bin/env bash
# Deploys the course to ctx1 alone.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

deploy_alone ctx1 "서비스, API 게이트웨이, 화면, 규칙" "services, API gateway, page, rules" "$@"

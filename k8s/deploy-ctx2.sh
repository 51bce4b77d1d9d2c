#!/usr/bin/env bash
# Deploys the course to ctx2 alone.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

deploy_alone ctx2 "서비스, Redis, 규칙" "services, Redis, rules" "$@"

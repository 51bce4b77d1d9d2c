#!/bin/sh
# The laptop's control plane is a process beside the pods; this pod is its address in the cluster: it passes connections on to its sockets.
# 노트북의 컨트롤 플레인은 파드 옆의 프로세스입니다. 이 파드는 클러스터 안의 주소이며, 연결을 그 소켓으로 넘깁니다.
set -eu
envoy=$1
: "${BIND_ADDRESS:?}" "${ISTIOD_SOCKET:?}" "${ISTIOD_PAGES_SOCKET:?}"

# listener PORT CLUSTER
listener() {
  cat <<EOF
  - name: "$1"
    enable_reuse_port: false
    address: {socket_address: {address: "$BIND_ADDRESS", port_value: $1}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.tcp_proxy
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
          stat_prefix: "$1"
          cluster: $2
EOF
}

# cluster NAME SOCKET
cluster() {
  cat <<EOF
  - name: $1
    type: STATIC
    connect_timeout: 1s
    load_assignment:
      cluster_name: $1
      endpoints: [{lb_endpoints: [{endpoint: {address: {pipe: {path: "$2"}}}}]}]
EOF
}

exec "$envoy" --concurrency 1 --disable-hot-restart -l warning --config-yaml "static_resources:
  listeners:
$(listener 8080 pages)
$(listener 15012 xds)
$(listener 15014 pages)
  clusters:
$(cluster xds "$ISTIOD_SOCKET")
$(cluster pages "$ISTIOD_PAGES_SOCKET")
"

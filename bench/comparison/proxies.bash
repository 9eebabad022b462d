# Sourced: starts the upstreams and the proxies. A proxy is known by its process and three ports: clear text, TLS, h2c.
# shellcheck shell=bash

declare -A process http https h2c

# Fills in a file of settings: @NAME@ stands for the variable NAME.
fill() {
  local text name
  text=$(cat "$1")
  for name in work workers descriptors upstreams echo http https h2c admin cluster bus; do
    local variable="fill_$name"
    text=${text//@$name@/${!variable-}}
  done
  printf '%s\n' "$text"
}

# Four nginx ports and a WebSocket echo.
start_upstreams() {
  local i
  fill_work=$work
  fill_workers=$workers
  fill_descriptors=$descriptors
  chmod 755 "$work"
  head -c 100 /dev/zero | tr '\0' x >"$work/100"
  head -c 10240 /dev/zero | tr '\0' x >"$work/10k"
  head -c 1048576 /dev/zero | tr '\0' x >"$work/1m"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null || fail "openssl could make no certificate"
  cat "$work/cert.pem" "$work/key.pem" >"$work/both.pem"
  upstream_ports=()
  for i in 1 2 3 4; do free_port; upstream_ports+=("$port"); done
  fill_upstreams=$(printf 'listen 127.0.0.1:%s backlog=4096; ' "${upstream_ports[@]}")
  fill "$here/upstreams.conf" >"$work/upstreams.conf"
  start "$load_cores" upstreams nginx -e stderr -c "$work/upstreams.conf"
  free_port
  fill_echo=$port
  start "$load_cores" echo "$java" -Xmx64m -XX:+UseSerialGC -cp "$work/classes" Echo "$fill_echo"
  await_port "${upstream_ports[3]}" upstreams
  await_port "$fill_echo" echo
}

choose_proxies() {
  proxies=(nginx haproxy)
  ! command -v caddy >/dev/null || proxies+=(caddy)
  proxies+=(rollcall)
  [ -z "$before" ] || proxies+=(rollcall-before)
}

# three_ports PROXY
three_ports() {
  free_port; fill_http=$port http[$1]=$port
  free_port; fill_https=$port https[$1]=$port
  free_port; fill_h2c=$port h2c[$1]=$port
}

# Its heap stays as large as it was. glibc gives it back after each large answer otherwise, unless many connections have been there before:
# a page fault for every 4 KB, and half the speed.
start_nginx() {
  three_ports nginx
  fill_upstreams=$(printf 'server 127.0.0.1:%s; ' "${upstream_ports[@]}")
  fill "$here/nginx.conf" >"$work/nginx.conf"
  start "$proxy_cores" nginx env MALLOC_TRIM_THRESHOLD_=268435456 nginx -e stderr -c "$work/nginx.conf"
  process[nginx]=$pid
  await_port "$fill_http" nginx
}

start_haproxy() {
  three_ports haproxy
  fill_upstreams=$(printf '  server u%s 127.0.0.1:%s\n' "${upstream_ports[0]}" "${upstream_ports[0]}" "${upstream_ports[1]}" "${upstream_ports[1]}" \
    "${upstream_ports[2]}" "${upstream_ports[2]}" "${upstream_ports[3]}" "${upstream_ports[3]}")
  fill "$here/haproxy.cfg" >"$work/haproxy.cfg"
  start "$proxy_cores" haproxy haproxy -db -f "$work/haproxy.cfg"
  process[haproxy]=$pid
  await_port "$fill_http" haproxy
}

start_caddy() {
  three_ports caddy
  fill_upstreams=$(printf '127.0.0.1:%s ' "${upstream_ports[@]}")
  fill "$here/Caddyfile" >"$work/Caddyfile"
  start "$proxy_cores" caddy env GOMAXPROCS="$workers" HOME="$work" caddy run --config "$work/Caddyfile"
  process[caddy]=$pid
  await_port "$fill_http" caddy
}

# As the image and ./local-cluster start it. HTTP/2 in clear text is off by default: a second process serves it.
start_rollcall() {
  local checkout=$root
  [ "$1" != rollcall-before ] || checkout=$before
  three_ports "$1"
  fill_upstreams=$(printf 'http://127.0.0.1:%s, ' "${upstream_ports[@]}")
  fill_upstreams=${fill_upstreams%, }
  run_rollcall "$checkout" "$1" "$fill_http" "$fill_https" false
  process[$1]=$pid
  [[ ,$only, != *,h2c,* ]] || {
    free_port
    run_rollcall "$checkout" "$1-h2c" "$fill_h2c" "$port" true
    process[$1-h2c]=$pid
  }
}

# run_rollcall CHECKOUT NAME HTTP HTTPS H2C
run_rollcall() {
  local switches=@$1/jvm/rollcall.options
  [ "$jdk" -lt 24 ] || switches="$switches @$1/jvm/jdk24.options"
  free_port; fill_admin=$port
  free_port; fill_cluster=$port
  free_port; fill_bus=$port
  fill "$here/rollcall.yml" >"$work/$2.yml"
  # shellcheck disable=SC2086 # the switches are several words
  start "$proxy_cores" "$2" env ${setting-} ROLLCALL_HTTP_PORT="$3" ROLLCALL_TLS_PORT="$4" ROLLCALL_HTTP_H2C="$5" \
    "$java" $switches "@$1/jvm/proxy.options" -jar "$1/proxy/target/rollcall-proxy.jar" --config "$work/$2.yml"
  await_port "$3" "$2"
  await_port "$fill_cluster" "$2"
}

# The process of a proxy that serves a scenario.
process_of() { printf '%s' "${process[$1-$2]:-${process[$1]}}"; }

# Sourced: what a single setting costs. One Rollcall as it is by default, beside it another with one thing changed, turn by turn.
# shellcheck shell=bash

# name|what it is|settings; the first changes nothing, and so shows what the machine itself adds to or takes from a ratio
extras=(
  "same|the same again|"
  "no-retries|without retries|ROLLCALL_RETRY_TRIES=0"
  "combined|access log \`combined\`|ROLLCALL_ACCESS_LOG=combined"
  "json|access log \`json\`|ROLLCALL_ACCESS_LOG=json"
  "rate|a rate for each client|ROLLCALL_LIMIT_RATE=1000000/s"
  "gzip|\`compression: gzip\`, nothing to compress|ROLLCALL_COMPRESSION=gzip"
  "least-requests|\`least-requests\`|ROLLCALL_POLICY=least-requests"
  "power-of-two|\`power-of-two\`|ROLLCALL_POLICY=power-of-two"
  "peak-ewma|\`peak-ewma\`|ROLLCALL_POLICY=peak-ewma"
  "random|\`random\`|ROLLCALL_POLICY=random"
  "ip-hash|\`ip-hash\`|ROLLCALL_POLICY=ip-hash"
  "hash-path|\`hash:path\`|ROLLCALL_POLICY=hash:path"
  "sticky|\`sticky\`, no client with a cookie|ROLLCALL_POLICY=sticky"
)

compare_extras() {
  local extra name what with wanted=$1
  start_rollcall rollcall
  print_extras_head
  warm_up rollcall get100
  [[ ,$wanted, != *,tls,* && $wanted != all ]] || {
    forget_results
    measure rollcall tls 12 >/dev/null
    for ((round = 0; round < rounds; round++)); do
      measure rollcall get100 "$seconds" >>"$work/results"
      measure rollcall tls "$seconds" | sed 's/^rollcall/other/' >>"$work/results"
    done
    print_extra "TLS"
  }
  for extra in "${extras[@]}"; do
    IFS='|' read -r name what with <<<"$extra"
    [[ ,$wanted, == *,$name,* || $wanted = all ]] || continue
    # shellcheck disable=SC2034 # read where the process starts
    setting=$with
    start_rollcall "rollcall-$name"
    setting=
    warm_up "rollcall-$name" get100
    forget_results
    for ((round = 0; round < rounds; round++)); do
      measure rollcall get100 "$seconds" >>"$work/results"
      measure "rollcall-$name" get100 "$seconds" | sed 's/^[^ ]*/other/' >>"$work/results"
    done
    print_extra "$what"
    kill "${process[rollcall-$name]}" 2>/dev/null
    wait "${process[rollcall-$name]}" 2>/dev/null
  done
}

print_extras_head() {
  say "\`bench/compare --extras\` on $(date -u +%F), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores ($workers for the proxy), Linux $(uname -r),"
  say "$("$java" -version 2>&1 | sed -n 3p | sed 's/ (build.*//'), Rollcall $(git -C "$root" rev-parse --short HEAD 2>/dev/null): GET 100 B over 64 connections, $rounds rounds of $seconds s."
  say
  printf '| changed | requests a CPU-second | × the default (median; lowest to highest round) | |\n|---|---|---|---|\n'
}

print_extra() {
  awk -v title="$1" '
    { rate = $5 ? $2 / $5 : 0; n[$1]++; r[$1, n[$1]] = rate; sum[$1] += $2; cpu[$1] += $5; errors += $3 }
    END {
      rounds = n["other"]
      for (i = 1; i <= rounds; i++) v[i] = r["rollcall", i] ? r["other", i] / r["rollcall", i] : 0
      for (i = 1; i <= rounds; i++) for (j = i + 1; j <= rounds; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
      middle = rounds % 2 ? v[(rounds + 1) / 2] : (v[rounds / 2] + v[rounds / 2 + 1]) / 2
      printf "| %s | %d | %.2f (%.2f-%.2f) | %s |\n", title, cpu["other"] ? 100 * sum["other"] / cpu["other"] : 0, middle, v[1], v[rounds], errors ? errors " errors" : ""
    }' "$work/results"
}

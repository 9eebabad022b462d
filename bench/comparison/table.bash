# Sourced: takes one measurement, and makes Markdown of many.
# shellcheck shell=bash

declare -A warm=()

# measure PROXY SCENARIO SECONDS: a line of results: proxy requests errors seconds cpu-seconds load's-share p50 p99 p999 KB
measure() {
  local id begun cpu busy idle busy_now idle_now took
  id=$(process_of "$1" "$2")
  each=
  read -r busy idle < <(load_ticks)
  cpu=$(cpu_of "$id")
  begun=${EPOCHREALTIME/[.,]/}
  "scenario_${2//-/_}" "$1" "$3"
  took=$((${EPOCHREALTIME/[.,]/} - begun))
  cpu=$(($(cpu_of "$id") - cpu))
  read -r busy_now idle_now < <(load_ticks)
  busy=$((busy_now - busy)) idle=$((idle_now - idle))
  printf '%s %d %d %d %d %d %s %s %s %s\n' "$1" "${requests:-0}" "${errors:-1}" "$took" "$cpu" \
    $((100 * busy / (busy + idle + 1))) "${p50:-0}" "${p99:-0}" "${p999:-0}" "${each:-$(memory_of "$id")}"
}

# A JVM compiles what it has seen often: a process's first scenario takes longest, later ones share its code.
warm_up() {
  local id long=1
  id=$(process_of "$1" "$2")
  case $1 in
    rollcall*) if [ -z "${warm[$id]-}" ]; then long=20; else long=4; fi ;;
  esac
  [ "$2" = idle ] || measure "$1" "$2" "$long" >/dev/null
  warm[$id]=yes
}

forget_results() { : >"$work/results"; }

print_head() {
  local name
  say "\`bench/compare\` on $(date -u +%F), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores ($workers for the proxy), Linux $(uname -r);"
  say "$(nginx -v 2>&1 | sed 's/.*nginx.//;s/^/nginx /'), HAProxy $(haproxy -v | sed -n '1s/.*version \([^ -]*\).*/\1/p'), $("$java" -version 2>&1 | sed -n 3p | sed 's/ (build.*//'),"
  say "Rollcall $(git -C "$root" rev-parse --short HEAD 2>/dev/null) ($(sed -n 's/.*workers on //p' "$work/rollcall.log" | head -n 1)); $rounds rounds of $seconds s after a warm-up."
  say
  printf '| | proxy | requests a CPU-second | × nginx (rounds) | × HAProxy | requests/s | p50 ms | p99 | p99.9 | MB | |\n'
  printf '|---|---|---|---|---|---|---|---|---|---|---|\n'
}

# One scenario: a line for each proxy.
print_rows() {
  awk -v title="${title[$1]}" -v idle="$([ "$1" = idle ] && echo 1)" -v ticks="$ticks" -v workers="$workers" '
    function per_cpu(n, cpu) { return cpu ? n / (cpu / ticks) : 0 }
    function round2(x) { return sprintf("%.2f", x) }
    function median(proxy, field,   n, i, j, v, t) {
      n = rounds[proxy]
      for (i = 1; i <= n; i++) v[i] = seen[proxy, i, field]
      for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
      return v[int((n + 1) / 2)]
    }
    {
      if (!($1 in rounds)) order[++proxies] = $1
      r = ++rounds[$1]
      all[$1] += $2; errors[$1] += $3; time[$1] += $4 / 1e6; cpu[$1] += $5
      each[$1, r] = per_cpu($2, $5)
      seen[$1, r, 6] = $6; seen[$1, r, 7] = $7; seen[$1, r, 8] = $8; seen[$1, r, 9] = $9; seen[$1, r, 10] = $10
    }
    END {
      for (i = 1; i <= proxies; i++) {
        p = order[i]; own = per_cpu(all[p], cpu[p])
        if (idle) {
          printf "| %s | %s | | | | | | | | %s KB each | %s |\n", i == 1 ? title : "", p, median(p, 10), errors[p] ? errors[p] " errors" : ""
          continue
        }
        low = 1e9; high = 0
        for (r = 1; r <= rounds[p]; r++) {
          ratio = each["nginx", r] ? each[p, r] / each["nginx", r] : 0
          if (ratio < low) low = ratio
          if (ratio > high) high = ratio
        }
        said = ""
        share = 100 * cpu[p] / ticks / time[p] / workers
        if (errors[p]) said = errors[p] " errors"
        if (share < 90 && median(p, 6) >= 90) said = said (said ? ", " : "") sprintf("the load was the limit (proxy %d %% busy)", share)
        else if (share < 90) said = said (said ? ", " : "") sprintf("proxy %d %% busy", share)
        of_nginx = p == "nginx" ? "1" : round2(own / per_cpu(all["nginx"], cpu["nginx"])) " (" round2(low) "-" round2(high) ")"
        printf "| %s | %s | %d | %s | %s | %d | %s | %s | %s | %d | %s |\n", i == 1 ? title : "", p, own, of_nginx,
          round2(own / per_cpu(all["haproxy"], cpu["haproxy"])), all[p] / time[p], median(p, 7), median(p, 8), median(p, 9), median(p, 10) / 1024, said
      }
    }' "$work/results"
}

print_foot() {
  say
  say "Where the proxy was not busy all the time, its CPU time still counts, but requests/s and times are the load's."
}

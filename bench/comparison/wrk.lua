-- Tells what wrk saw in one line: requests, errors, then p50, p99 and p99.9 in ms. The argument "post" sends 10 KB.
function init(args)
  if args[1] == "post" then
    wrk.method = "POST"
    wrk.body = string.rep("x", 10240)
  end
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("result %d %d %.3f %.3f %.3f\n", summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000))
end

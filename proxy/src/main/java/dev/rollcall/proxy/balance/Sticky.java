package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whoever served this client first, known by a cookie; new clients go round robin. Right where
 * instances keep sessions in memory.
 *
 * <p>When the instance can't take requests any more, or failed this one, another is chosen and the
 * client gets its cookie, once. A cookie that says nothing to us (forged, of another start of the
 * instance, of another cluster) is the same as none.
 *
 * @see StickyKey
 */
final class Sticky implements SelectionPolicy {

  private final String service;
  private final String cookie;
  private final StickyKey key;
  private final RoundRobin first;
  private final Memo<Values> values = new Memo<>(this::values);

  Sticky(String service, StickyKey key, Supplier<RandomGenerator> random) {
    this.service = service;
    this.cookie = StickyKey.name(service);
    this.key = key;
    this.first = new RoundRobin(random);
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    Upstream known = known(candidates, request);
    return known != null && !tried.contains(known)
        ? known
        : first.select(candidates, request, tried);
  }

  @Override
  public boolean knows(Candidates candidates, RequestFacts request) {
    return known(candidates, request) != null;
  }

  @Override
  public @Nullable String setCookie(RequestFacts request, Upstream chosen) {
    String value = value(chosen);
    if (value.equals(sent(request))) {
      return null;
    }
    return cookie
        + '='
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (request.secure() ? "; Secure" : "");
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    Upstream known = known(candidates, request);
    if (known != null) {
      return new Preview(known, "the request's cookie stands for it");
    }
    Preview turn = first.preview(candidates, request);
    return new Preview(turn.upstream(), "no cookie of anybody here; " + turn.why());
  }

  private @Nullable Upstream known(Candidates candidates, RequestFacts request) {
    String sent = sent(request);
    return sent == null ? null : values.of(candidates).owners.get(sent);
  }

  private String value(Upstream chosen) {
    Values latest = values.latest();
    String known = latest == null ? null : latest.values.get(chosen);
    return known == null ? key.value(service, chosen) : known;
  }

  private @Nullable String sent(RequestFacts request) {
    String cookies = request.header("cookie");
    if (cookies == null) {
      return null;
    }
    int begin = NamedValue.begin(cookies, 0, ';', cookie);
    return begin < 0 ? null : cookies.substring(begin, NamedValue.end(cookies, begin, ';'));
  }

  private Values values(Candidates candidates, @Nullable Values before) {
    Map<String, Upstream> owners = new HashMap<>();
    Map<Upstream, String> values = new IdentityHashMap<>();
    for (Upstream upstream : candidates.list()) {
      String known = before == null ? null : before.values.get(upstream);
      String value = known == null ? key.value(service, upstream) : known;
      owners.put(value, upstream);
      values.put(upstream, value);
    }
    return new Values(owners, values);
  }

  /** Both directions; values are kept from one snapshot to the next. */
  private record Values(Map<String, Upstream> owners, Map<Upstream, String> values) {}

  @Override
  public String name() {
    return "sticky";
  }
}

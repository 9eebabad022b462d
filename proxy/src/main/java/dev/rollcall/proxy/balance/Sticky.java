package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
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
    Values latest = values.latest();
    if (latest != null && owner(latest, request) == chosen) {
      return null;
    }
    String known = latest == null ? null : latest.values.get(chosen);
    String value = known == null ? key.value(service, chosen) : known;
    if (sends(request, value)) {
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
    return owner(values.of(candidates), request);
  }

  private @Nullable Upstream owner(Values values, RequestFacts request) {
    String cookies = request.header("cookie");
    int begin = begin(cookies);
    return cookies == null || begin < 0
        ? null
        : values.owners.owner(cookies, begin, NamedValue.end(cookies, begin, ';'));
  }

  private boolean sends(RequestFacts request, String value) {
    String cookies = request.header("cookie");
    int begin = begin(cookies);
    return cookies != null
        && begin >= 0
        && NamedValue.end(cookies, begin, ';') - begin == value.length()
        && cookies.startsWith(value, begin);
  }

  private int begin(@Nullable String cookies) {
    return cookies == null ? -1 : NamedValue.begin(cookies, 0, ';', cookie);
  }

  private Values values(Candidates candidates, @Nullable Values before) {
    Map<Upstream, String> values = new IdentityHashMap<>();
    for (Upstream upstream : candidates.list()) {
      String known = before == null ? null : before.values.get(upstream);
      String value = known == null ? key.value(service, upstream) : known;
      values.put(upstream, value);
    }
    return new Values(StickyOwners.of(values), values);
  }

  /** Both directions; values are kept from one snapshot to the next. */
  private record Values(StickyOwners owners, Map<Upstream, String> values) {}

  @Override
  public String name() {
    return "sticky";
  }
}

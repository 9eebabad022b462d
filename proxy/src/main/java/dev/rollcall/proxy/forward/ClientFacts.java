package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.forward.client.ClientAddress;
import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * What selection policies may know of a client's request: as the upstream shall see it, so that
 * cookies are whole and the word of trusted proxies is in it.
 *
 * @param trusted whose word about the client's address is believed
 */
record ClientFacts(RequestHead head, TrustedProxies trusted) implements RequestFacts {

  @Override
  public String clientAddress() {
    String chain = header("x-forwarded-for");
    return chain == null ? "" : ClientAddress.last(chain, trusted);
  }

  @Override
  public String target() {
    return head.target();
  }

  @Override
  public @Nullable String header(String name) {
    return head.headers().get(name);
  }

  @Override
  public boolean secure() {
    return "https".equals(header("x-forwarded-proto"));
  }
}

package dev.rollcall.proxy.balance;

import org.jspecify.annotations.Nullable;

/** What a selection policy may know of a request. Values are looked up only when a policy asks. */
public interface RequestFacts {

  /** The client's address without port, as text. */
  String clientAddress();

  /** The path with its query, as sent. */
  String target();

  /**
   * The first value of a header, or null. {@code cookie} is the whole of it: HTTP/2 clients may
   * send it in pieces, which belong together with {@code "; "} between (RFC 9113 §8.2.3).
   *
   * @param name in any case
   */
  @Nullable String header(String name);

  /** True when the client came by TLS, here or at a trusted proxy before us. */
  default boolean secure() {
    return false;
  }

  /** Facts of no request, for warm-up and tests. */
  RequestFacts NONE =
      new RequestFacts() {
        @Override
        public String clientAddress() {
          return "";
        }

        @Override
        public String target() {
          return "/";
        }

        @Override
        public @Nullable String header(String name) {
          return null;
        }
      };
}

package dev.rollcall.proxy.balance;

import org.jspecify.annotations.Nullable;

/** What a selection policy may know of a request. Values are looked up only when a policy asks. */
public interface RequestFacts {

  /** The client's address without port, as text. */
  String clientAddress();

  /** The path with its query, as sent. */
  String target();

  /** The first value of a header, or null. */
  @Nullable String header(String name);

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

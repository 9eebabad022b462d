package dev.rollcall.proxy.balance;

import java.util.Objects;

/** What of a request decides where consistent hashing sends it. */
@FunctionalInterface
interface RequestKey {

  /** The request lacks what was asked for, or it is empty. */
  long ABSENT = 0;

  /** Hash of the key, or {@link #ABSENT}. */
  long of(RequestFacts request);

  /** The client's address. */
  static RequestKey address() {
    return request -> hash(request.clientAddress());
  }

  static RequestKey header(String name) {
    return request -> hash(Objects.requireNonNullElse(request.header(name), ""));
  }

  static RequestKey cookie(String name) {
    return request -> {
      String cookies = request.header("cookie");
      return cookies == null ? ABSENT : named(cookies, 0, ';', name);
    };
  }

  /** A parameter of the query, as it was sent: {@code %20} and {@code +} are different keys. */
  static RequestKey query(String name) {
    return request -> {
      String target = request.target();
      int mark = target.indexOf('?');
      return mark < 0 ? ABSENT : named(target, mark + 1, '&', name);
    };
  }

  /** The path without query. */
  static RequestKey path() {
    return request -> {
      String target = request.target();
      int mark = target.indexOf('?');
      return hash(target, 0, mark < 0 ? target.length() : mark);
    };
  }

  private static long named(String text, int from, char separator, String name) {
    int begin = NamedValue.begin(text, from, separator, name);
    return begin < 0 ? ABSENT : hash(text, begin, NamedValue.end(text, begin, separator));
  }

  private static long hash(String text) {
    return hash(text, 0, text.length());
  }

  private static long hash(String text, int begin, int end) {
    if (begin == end) {
      return ABSENT;
    }
    long hash = TextHash.of(text, begin, end);
    return hash == ABSENT ? 1 : hash;
  }
}

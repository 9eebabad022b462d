package dev.rollcall.proxy.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The words for what the upstream may have received; of the first request unless said. */
final class UpstreamChecks {

  private UpstreamChecks() {}

  /** Not one byte of a request. */
  static Check untouched() {
    return seen ->
        seen.connections().stream().allMatch(c -> c.bytes().isEmpty())
            ? null
            : "the upstream received something";
  }

  /** No whole request: nothing, or one that was cut before its end. */
  static Check noneComplete() {
    return seen ->
        seen.completeRequests() == 0
            ? null
            : seen.completeRequests() + " requests reached the upstream whole";
  }

  /** Exactly so many requests, all whole. */
  static Check requests(int count) {
    return seen ->
        seen.requests().size() == count && seen.completeRequests() == count
            ? null
            : seen.requests().size()
                + " requests at the upstream, "
                + seen.completeRequests()
                + " of them whole, expected "
                + count;
  }

  static Check requestsAtMost(int count) {
    return seen ->
        seen.requests().size() <= count
            ? null
            : seen.requests().size() + " requests at the upstream, at most " + count + " allowed";
  }

  /** One request began and was ended before its end. */
  static Check cut() {
    return seen ->
        seen.requests().size() == 1 && seen.completeRequests() == 0
            ? null
            : "not one cut request but " + seen.requests();
  }

  /** Connections that carried anything. */
  static Check connections(int count) {
    return seen -> {
      long used = seen.connections().stream().filter(c -> !c.bytes().isEmpty()).count();
      return used == count ? null : used + " connections were used, expected " + count;
    };
  }

  static Check sees(String method, String target) {
    return request(
        r -> r.method().equals(method) && r.target().equals(target),
        "request is not " + method + " " + Bytes.shown(target));
  }

  /** Targets of all requests, in order of arrival. */
  static Check targets(String... expected) {
    return seen -> {
      List<String> got = seen.requests().stream().map(Message::target).toList();
      return got.equals(List.of(expected)) ? null : "targets " + got;
    };
  }

  /** Exactly these lines of that name, in order. */
  static Check gets(String name, String... values) {
    return request(r -> r.all(name).equals(List.of(values)), name + " is not " + List.of(values));
  }

  static Check getsMatching(String name, String regex) {
    return request(
        r -> r.all(name).size() == 1 && r.all(name).get(0).matches(regex),
        name + " does not match " + regex);
  }

  static Check lacks(String... names) {
    return request(
        r -> Arrays.stream(names).noneMatch(r::has),
        "one of " + Arrays.toString(names) + " is there");
  }

  static Check getsBody(String expected) {
    return getsBody(Bytes.of(expected));
  }

  static Check getsBody(byte[] expected) {
    return request(r -> r.complete && r.body.is(expected), "the body is not the client's");
  }

  static Check getsTrailers(Field... expected) {
    return request(
        r -> r.trailers.equals(List.of(expected)), "trailers are not " + List.of(expected));
  }

  /** Nowhere in what any upstream received. */
  static Check neverGets(String text) {
    return seen ->
        seen.connections().stream().noneMatch(c -> c.bytes().contains(text))
            ? null
            : "the upstream received " + Bytes.shown(text);
  }

  static Check request(Predicate<Message> holds, String otherwise) {
    return seen -> {
      Message r = seen.request();
      return r != null && holds.test(r) ? null : otherwise + ", request: " + r;
    };
  }
}

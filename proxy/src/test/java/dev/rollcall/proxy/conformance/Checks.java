package dev.rollcall.proxy.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The words for what the client must see. {@link UpstreamChecks} has those for the other side. */
final class Checks {

  /** The proxy ended the connection by itself. */
  static final Check CLOSED =
      seen -> seen.client().end() == End.OPEN ? "the client's connection stays open" : null;

  private Checks() {}

  static Check closed() {
    return CLOSED;
  }

  /** The first final answer's status is one of these. */
  static Check status(Integer... allowed) {
    return answer(
        a -> Arrays.asList(allowed).contains(a.status()),
        "no answer of status " + Arrays.toString(allowed));
  }

  /** Statuses of all final answers. */
  static Check statuses(Integer... expected) {
    return seen -> {
      List<Integer> got = seen.client().answers().stream().map(Message::status).toList();
      return got.equals(Arrays.asList(expected)) ? null : "statuses " + got;
    };
  }

  /** No final answer at all. */
  static Check noAnswer() {
    return seen -> seen.answer() == null ? null : "an answer: " + seen.answer();
  }

  static Check complete() {
    return answer(a -> a.complete, "the answer is not complete");
  }

  /** The answer began, and the client can tell that its end is missing. */
  static Check broken() {
    return seen -> {
      Message a = seen.answer();
      return a != null && !a.complete ? null : "no broken answer but " + a;
    };
  }

  static Check body(String expected) {
    return answer(a -> a.body.text().equals(expected), "the body is not " + Bytes.shown(expected));
  }

  static Check body(byte[] expected) {
    return answer(a -> a.body.is(expected), "the body is not the upstream's");
  }

  static Check bodyHas(String part) {
    return answer(a -> a.body.text().contains(part), "the body lacks " + part);
  }

  /** Exactly these lines of that name, in order. */
  static Check field(String name, String... values) {
    return answer(a -> a.all(name).equals(List.of(values)), name + " is not " + List.of(values));
  }

  static Check fieldMatches(String name, String regex) {
    return answer(
        a -> a.all(name).size() == 1 && a.all(name).get(0).matches(regex),
        name + " does not match " + regex);
  }

  static Check noField(String... names) {
    return answer(
        a -> Arrays.stream(names).noneMatch(a::has),
        "one of " + Arrays.toString(names) + " is there");
  }

  static Check trailers(Field... expected) {
    return answer(
        a -> a.trailers.equals(List.of(expected)), "trailers are not " + List.of(expected));
  }

  /** Statuses of the interim answers before the final one. */
  static Check interims(Integer... expected) {
    return answer(
        a -> a.interims.stream().map(Message::status).toList().equals(List.of(expected)),
        "interim answers are not " + List.of(expected));
  }

  /** The proxy's own answer by the contract: RFC 9457 with status, title and a request id. */
  static Check problem(int status) {
    return answer(
        a ->
            a.status() == status
                && Objects.requireNonNullElse(a.first("Content-Type"), "")
                    .startsWith("application/problem+json")
                && a.body.text().matches("(?s)\\{.*\"status\"\\s*:\\s*" + status + "\\b.*}")
                && a.body.text().contains("\"title\"")
                && a.body.text().toLowerCase().replaceAll("[-_]", "").contains("requestid"),
        "no problem answer of status " + status);
  }

  /** Nowhere in what the client received. */
  static Check never(String... texts) {
    return seen -> {
      for (String text : texts) {
        if (seen.client().bytes().contains(text)
            || seen.client().answers().toString().contains(text)) {
          return "the client received " + Bytes.shown(text);
        }
      }
      return null;
    };
  }

  static Check answer(Predicate<Message> holds, String otherwise) {
    return seen -> {
      Message a = seen.answer();
      return a != null && holds.test(a) ? null : otherwise + ", answer: " + a;
    };
  }
}

package dev.rollcall.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One row of the table. Immutable; each {@code with…} gives another row.
 *
 * @param name unique, {@code group/what}
 * @param reference the section or CVE that justifies the expectation; {@code issue 3} where it is
 *     this project's own promise
 * @param settings of the proxy, by their keys in the settings table
 * @param upstreams how each can be reached
 * @param exchanges what the upstream does with each request that arrives; the last serves the rest
 * @param replies the same of an upstream that speaks HTTP/2
 * @param client what is sent
 * @param outcomes what may be seen at both sides; one of them must fit whole
 * @param answers final responses that the client waits for
 */
record Case(
    String name,
    String reference,
    Map<String, String> settings,
    List<Reachable.Kind> upstreams,
    List<List<Step>> exchanges,
    List<List<H2Reply>> replies,
    ClientScript client,
    List<Outcome> outcomes,
    int answers) {

  private static final List<List<Step>> USUAL = List.of(List.of(Steps.answerSeen()));

  /** A client that sends these bytes; the usual upstream; nothing expected yet. */
  static Case of(String name, String reference, String bytes) {
    return of(name, reference, client(bytes));
  }

  static Case of(String name, String reference, ClientScript client) {
    return new Case(
        name,
        reference,
        Map.of(),
        List.of(Reachable.Kind.SERVING),
        USUAL,
        List.of(),
        client,
        List.of(),
        1);
  }

  /** A client that speaks HTTP/2 with prior knowledge, and a proxy that takes it. */
  static Case h2(String name, String reference, H2Step... steps) {
    return of("h2/" + name, reference, H2Client.of(steps)).with("http.h2c", "true");
  }

  /** A client that takes these steps; its first request's method is needed to read the answer. */
  static ClientScript client(String method, Step... steps) {
    return new RawClient(List.of(method), List.of(steps));
  }

  static ClientScript client(String bytes) {
    int space = bytes.indexOf(' ');
    return client(space < 0 ? "" : bytes.substring(0, space).strip(), Steps.send(bytes));
  }

  Case with(String key, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(key, value);
    return new Case(
        name, reference, more, upstreams, exchanges, replies, client, outcomes, answers);
  }

  Case facing(Reachable.Kind... kinds) {
    return new Case(
        name, reference, settings, List.of(kinds), exchanges, replies, client, outcomes, answers);
  }

  Case named(String other) {
    return new Case(
        other, reference, settings, upstreams, exchanges, replies, client, outcomes, answers);
  }

  /** What the upstream does with the first request that arrives; called again, with the next. */
  Case exchange(Step... steps) {
    List<List<Step>> more = new ArrayList<>(exchanges == USUAL ? List.of() : exchanges);
    more.add(List.of(steps));
    return new Case(name, reference, settings, upstreams, more, replies, client, outcomes, answers);
  }

  /** What an upstream that speaks HTTP/2 does with the first request, and so on. */
  Case reply(H2Reply... steps) {
    List<List<H2Reply>> more = new ArrayList<>(replies);
    more.add(List.of(steps));
    return new Case(
        name, reference, settings, upstreams, exchanges, more, client, outcomes, answers);
  }

  Case answers(int count) {
    return new Case(
        name, reference, settings, upstreams, exchanges, replies, client, outcomes, count);
  }

  /** All of these must hold; called again, these instead. */
  Case expect(Check... checks) {
    List<Outcome> more = new ArrayList<>(outcomes);
    more.add(new Outcome(List.of(checks)));
    return new Case(
        name, reference, settings, upstreams, exchanges, replies, client, more, answers);
  }

  /**
   * Whether the proxy's close is worth waiting for after an answer of that status: every outcome
   * wants it, or one does and this is a refusal.
   */
  boolean awaitsClose(int status) {
    Predicate<Outcome> wantsIt = o -> o.checks().contains(Checks.CLOSED);
    return outcomes.stream().allMatch(wantsIt)
        || status >= 400 && status < 500 && outcomes.stream().anyMatch(wantsIt);
  }
}

package dev.rollcall.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of one case, after its end.
 *
 * @param client what it saw
 * @param connections what each connection to an upstream brought
 * @param requests all requests whose head reached an upstream, in order of arrival
 */
record Observed(ClientView client, List<UpstreamView> connections, List<Message> requests) {

  @Nullable Message answer() {
    return client.answers().isEmpty() ? null : client.answers().get(0);
  }

  @Nullable Message request() {
    return requests.isEmpty() ? null : requests.get(0);
  }

  long completeRequests() {
    return requests.stream().filter(r -> r.complete).count();
  }

  /**
   * What no case allows: HTTP that needs a lenient reader on either side, or a script that stuck.
   */
  List<String> faults() {
    List<String> faults = new ArrayList<>(client.failures());
    client.violations().forEach(v -> faults.add("client received " + v));
    for (UpstreamView connection : connections) {
      connection.violations().forEach(v -> faults.add("upstream received " + v));
      faults.addAll(connection.failures());
    }
    return faults;
  }

  /** For people: all bytes of both sides. */
  String transcript() {
    StringBuilder text = new StringBuilder();
    for (UpstreamView connection : connections) {
      if (!connection.bytes().isEmpty()) {
        text.append("\n    upstream received: ").append(Bytes.shown(connection.bytes()));
      }
    }
    return text.append("\n    client received: ")
        .append(Bytes.shown(client.bytes()))
        .append("\n    and its connection is ")
        .append(client.end())
        .toString();
  }
}

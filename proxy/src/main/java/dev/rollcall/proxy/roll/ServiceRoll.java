package dev.rollcall.proxy.roll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service's part of a snapshot.
 *
 * @param name the service
 * @param upstreams all of them, whatever their availability, in order of id
 * @param candidates those that may take a request now
 * @param trial an ejected upstream that shall be tried with one request, mostly null. It is not
 *     among the candidates
 */
public record ServiceRoll(
    String name, List<Upstream> upstreams, Candidates candidates, @Nullable Trial trial) {

  public ServiceRoll {
    upstreams = List.copyOf(upstreams);
  }

  public ServiceRoll(String name, List<Upstream> upstreams, Candidates candidates) {
    this(name, upstreams, candidates, null);
  }
}

package dev.rollcall.proxy.roll;

import java.util.List;

/**
 * One service's part of a snapshot.
 *
 * @param name the service
 * @param upstreams all of them, whatever their availability
 * @param candidates those that may take a request now
 */
public record ServiceRoll(String name, List<Upstream> upstreams, Candidates candidates) {

  public ServiceRoll {
    upstreams = List.copyOf(upstreams);
  }
}

package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Upstreams and candidates for tests of what stands on the roll. */
public final class TestUpstreams {

  private TestUpstreams() {}

  /** An upstream of service {@code hello} named by its id, of weight 1. */
  public static Upstream upstream(String id) {
    return upstream(id, id);
  }

  public static Upstream upstream(String id, String name) {
    return new Upstream(instance(id, name));
  }

  public static Instance instance(String id, String name) {
    return Instance.named(
        id,
        "epoch-of-the-start-of-" + id,
        "hello",
        name,
        new Endpoint(id + ".example", 8080),
        Protocol.HTTP,
        new ProbeTarget.None());
  }

  /** {@code u000}, {@code u001} … in order of id. */
  public static List<Upstream> upstreams(int count) {
    return IntStream.range(0, count).mapToObj(i -> upstream("u%03d".formatted(i))).toList();
  }

  public static Candidates candidates(List<Upstream> upstreams) {
    int[] ones = new int[upstreams.size()];
    Arrays.fill(ones, 1);
    return candidates(upstreams, ones);
  }

  public static Candidates candidates(List<Upstream> upstreams, int... weights) {
    List<Integer> order =
        IntStream.range(0, upstreams.size())
            .boxed()
            .sorted(Comparator.comparing(i -> upstreams.get(i).id()))
            .toList();
    return new Candidates(
        order.stream().map(upstreams::get).toList(),
        order.stream().mapToInt(i -> weights[i]).toArray());
  }
}

package dev.rollcall.discovery.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerInteraction;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollBalancerTest {

  private long now = 0;

  /** As Vert.x makes them: new metrics with each list. */
  private record Server(Choice choice, InteractionMetrics<?> metrics) implements ServerEndpoint {
    @Override
    public String key() {
      return choice.id();
    }

    @Override
    public SocketAddress address() {
      return SocketAddress.inetSocketAddress(80, "10.0.0.1");
    }

    @Override
    public ServerInteraction newInteraction() {
      throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public Object unwrap() {
      return choice;
    }

    Tally.Metrics own() {
      return (Tally.Metrics) metrics;
    }
  }

  private static List<Server> servers(RollBalancer balancer, int... weights) {
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      Choice choice = new Choice("i" + i, new Endpoint("10.0.0.1", 80 + i), weights[i]);
      servers.add(new Server(choice, balancer.newMetrics()));
    }
    return servers;
  }

  private static List<Integer> picks(ServerSelector selector, int count) {
    return IntStream.range(0, count).mapToObj(i -> selector.select()).toList();
  }

  @Test
  void takesTurnsByWeightWithoutBursts() {
    RollBalancer balancer = RollBalancer.roundRobin(() -> now);
    ServerSelector selector = balancer.selector(servers(balancer, 5, 1, 1));
    assertThat(picks(selector, 7)).containsExactly(0, 0, 1, 0, 2, 0, 0);
    assertThat(picks(selector, 7)).containsExactly(0, 0, 1, 0, 2, 0, 0);
  }

  @Test
  void aNewListGoesOnWhereTheLastOneWas() {
    RollBalancer balancer = RollBalancer.roundRobin(() -> now);
    ServerSelector first = balancer.selector(servers(balancer, 1, 1));
    assertThat(first.select()).isZero();
    assertThat(balancer.selector(servers(balancer, 1, 1)).select()).isEqualTo(1);
  }

  @Test
  void leastRequestsCountsAcrossLists() {
    RollBalancer balancer = RollBalancer.leastRequests(() -> now);
    List<Server> before = servers(balancer, 1, 1);
    balancer.selector(before);
    Tally.Metrics.Request underWay = before.get(0).own().initiateRequest();
    ServerSelector after = balancer.selector(servers(balancer, 1, 1));
    assertThat(picks(after, 3)).containsExactly(1, 1, 1);
    before.get(0).own().reportResponseEnd(underWay);
    before.get(0).own().reportResponseEnd(underWay);
    assertThat(picks(after, 4)).containsExactlyInAnyOrder(0, 1, 0, 1);
  }

  @Test
  void leastRequestsGoesByWeight() {
    RollBalancer balancer = RollBalancer.leastRequests(() -> now);
    List<Server> servers = servers(balancer, 3, 1);
    ServerSelector selector = balancer.selector(servers);
    for (int i = 0; i < 2; i++) {
      servers.get(0).own().initiateRequest();
      assertThat(selector.select()).isZero();
    }
  }

  @Test
  void avoidsForAMomentWhomARequestFailedWith() {
    RollBalancer balancer = RollBalancer.roundRobin(() -> now);
    List<Server> servers = servers(balancer, 1, 1);
    ServerSelector selector = balancer.selector(servers);
    Tally.Metrics metrics = servers.get(0).own();
    metrics.reportFailure(metrics.initiateRequest(), new IllegalStateException("refused"));
    assertThat(picks(selector, 4)).containsOnly(1);
    now += 1_100_000_000L;
    assertThat(picks(selector, 4)).contains(0, 1);
  }

  @Test
  void whenAllHaveFailedAllAreTried() {
    RollBalancer balancer = RollBalancer.roundRobin(() -> now);
    List<Server> servers = servers(balancer, 1, 1);
    ServerSelector selector = balancer.selector(servers);
    for (Server server : servers) {
      Tally.Metrics metrics = server.own();
      metrics.reportFailure(metrics.initiateRequest(), new IllegalStateException("refused"));
    }
    assertThat(picks(selector, 2)).containsExactlyInAnyOrder(0, 1);
    assertThat(balancer.selector(List.<Server>of()).select()).isEqualTo(-1);
  }
}

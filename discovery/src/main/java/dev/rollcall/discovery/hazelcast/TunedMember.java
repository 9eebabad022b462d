package dev.rollcall.discovery.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.TcpIpConfig;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.store.RollMap;

/**
 * A Hazelcast member for a proxy: ready alone at once, and quick to see that another is gone.
 * vertx-hazelcast's own configuration stays; start from it.
 */
public final class TunedMember {

  private TunedMember() {}

  /**
   * Changes the configuration and returns it. Looks at this machine's network interfaces.
   *
   * @param config as {@code ConfigUtil.loadConfig()} of vertx-hazelcast makes it
   */
  public static Config tune(Config config, Cluster cluster, MemberPlace place) {
    config.setClusterName(cluster.effectiveName());
    bind(config, place);
    join(config.getNetworkConfig().getJoin(), cluster);
    for (RollMap map : RollMap.values()) {
      config.addMapConfig(
          new MapConfig(map.mapName())
              .setBackupCount(map.backedUp() ? 1 : 0)
              .setStatisticsEnabled(false));
    }
    liveliness(config);
    config.addListenerConfig(new ListenerConfig(new HandshakeWatch()));
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.health.monitoring.level", "OFF");
    config.setProperty("hazelcast.event.thread.count", "2");
    config.getMetricsConfig().setEnabled(false);
    config.getSerializationConfig().setJavaSerializationFilterConfig(narrow());
    return config;
  }

  private static void bind(Config config, MemberPlace place) {
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(place.port()).setPortAutoIncrement(false).setReuseAddress(true);
    Endpoint told = place.publicAddress();
    if (told != null) {
      network.setPublicAddress(told.toString());
    }
    // Left alone, Hazelcast binds every interface and advertises the first address in the list of
    // members that is its own: loopback, as a rule.
    config.setProperty("hazelcast.socket.bind.any", String.valueOf(place.everyInterface()));
    config.setProperty("hazelcast.local.localAddress", LocalAddresses.of(place));
  }

  private static void join(JoinConfig join, Cluster cluster) {
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    TcpIpConfig members = join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(1);
    cluster.members().forEach(member -> members.addMember(member.toString()));
  }

  private static void liveliness(Config config) {
    // Alone and ready at once; two that start together find each other by the first merge.
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.max.wait.seconds.before.join", "1");
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "3");
    config.setProperty("hazelcast.client.max.no.heartbeat.seconds", "10");
    config.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    config.setProperty("hazelcast.operation.backup.timeout.millis", "1000");
    // What meets a part of a map that is just moving is tried again after this, not after 500 ms.
    config.setProperty("hazelcast.invocation.retry.pause.millis", "100");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "5");
  }

  /**
   * Members send each other exceptions as Java objects, and retry by their type. Nothing else is
   * ever made from what others wrote.
   */
  private static JavaSerializationFilterConfig narrow() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter
        .getWhitelist()
        .addPrefixes("com.hazelcast.")
        .addClasses(
            "java.lang.Throwable",
            "java.lang.Exception",
            "java.lang.RuntimeException",
            "java.lang.Error",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.InterruptedException",
            "java.lang.NullPointerException",
            "java.lang.UnsupportedOperationException",
            "java.lang.StackTraceElement",
            "[Ljava.lang.StackTraceElement;",
            "java.lang.String",
            "java.lang.Enum",
            "java.lang.Number",
            "java.lang.Integer",
            "java.lang.Long",
            "java.io.IOException",
            "java.io.EOFException",
            "java.util.ArrayList",
            "java.util.Collections$EmptyList",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.UUID",
            "java.util.concurrent.CancellationException",
            "java.util.concurrent.CompletionException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.RejectedExecutionException",
            "java.util.concurrent.TimeoutException");
    return filter;
  }
}

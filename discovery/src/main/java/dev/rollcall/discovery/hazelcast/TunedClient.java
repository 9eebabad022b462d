package dev.rollcall.discovery.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.config.DiscoveryConfig;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;

/**
 * A Hazelcast client for an instance: starts without waiting, finds out within two seconds that a
 * member is gone (Hazelcast's default is a minute), and never gives up.
 */
public final class TunedClient {

  private TunedClient() {}

  /**
   * @param name of the client; no two in a process have the same
   * @param instanceId of the instance that uses it, which becomes a label: so members can tell
   *     whose connection was lost
   */
  public static ClientConfig config(Cluster cluster, String name, String instanceId) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(cluster.effectiveName());
    config.setInstanceName(name);
    config.addLabel(instanceId);
    connect(config.getConnectionStrategyConfig());
    find(config.getNetworkConfig(), cluster);
    config.setProperty("hazelcast.discovery.enabled", "true");
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.client.heartbeat.interval", "500");
    config.setProperty("hazelcast.client.heartbeat.timeout", "2000");
    config.setProperty("hazelcast.client.invocation.timeout.seconds", "2");
    config.setProperty("hazelcast.client.invocation.retry.pause.millis", "100");
    // A write waits this long for a backup on a member that hangs, and until the next look for such
    // writes; it stands all the same. Ten looks a second were a third of what an idle client does.
    config.setProperty("hazelcast.client.operation.backup.timeout.millis", "300");
    config.setProperty("hazelcast.client.internal.clean.resources.millis", "300");
    config.setProperty("hazelcast.client.statistics.enabled", "false");
    few(config);
    config.getMetricsConfig().setEnabled(false);
    config.setSerializationConfig(closed());
    return config;
  }

  private static void connect(ClientConnectionStrategyConfig strategy) {
    strategy.setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
    strategy
        .getConnectionRetryConfig()
        .setInitialBackoffMillis(100)
        .setMaxBackoffMillis(500)
        .setMultiplier(1.5)
        .setJitter(0.2)
        .setClusterConnectTimeoutMillis(-1);
  }

  private static void find(ClientNetworkConfig network, Cluster cluster) {
    network.getAutoDetectionConfig().setEnabled(false);
    // A member's old address may swallow packets; a second is enough for any that is alive.
    network.setConnectionTimeout(1000);
    DiscoveryConfig discovery = new DiscoveryConfig();
    discovery.addDiscoveryStrategyConfig(
        new DiscoveryStrategyConfig(new MemberNames(cluster.members())));
    network.setDiscoveryConfig(discovery);
  }

  /** Threads that one instance's traffic keeps busy. */
  private static void few(ClientConfig config) {
    config.setProperty("hazelcast.client.event.thread.count", "1");
    config.setProperty("hazelcast.client.response.thread.count", "1");
    config.setProperty("hazelcast.client.io.input.thread.count", "1");
    config.setProperty("hazelcast.client.io.output.thread.count", "1");
  }

  /** Everything in the registry is text: no Java object is ever made from what others wrote. */
  private static SerializationConfig closed() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    // An empty list would mean no filter at all.
    filter.getWhitelist().addClasses("nothing");
    return new SerializationConfig().setJavaSerializationFilterConfig(filter);
  }
}

package dev.rollcall.proxy.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import java.util.UUID;

/**
 * Hazelcast's configuration as vertx-hazelcast needs it. The same as its {@code
 * ConfigUtil.loadConfig()} reads from {@code default-cluster.xml}, but without the XML parser,
 * whose five hundred classes are a tenth of a proxy's start.
 */
public final class VertxMaps {

  /** The attribute by which vertx-hazelcast knows a member that it has not started itself. */
  static final String ID = "__vertx.nodeId";

  private VertxMaps() {}

  /** Of one member; each has an id of its own. */
  public static Config config() {
    Config config = new Config();
    config.getMemberAttributeConfig().setAttribute(ID, UUID.randomUUID().toString());
    return config
        .addMultiMapConfig(
            new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(ValueCollectionType.SET))
        .addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1))
        .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
  }
}

package dev.rollcall.proxy;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;

/**
 * Hazelcast's configuration as vertx-hazelcast needs it. The same as its {@code
 * ConfigUtil.loadConfig()} reads from {@code default-cluster.xml}, but without the XML parser,
 * whose five hundred classes are a tenth of a proxy's start.
 */
final class VertxMaps {

  private VertxMaps() {}

  static Config config() {
    return new Config()
        .addMultiMapConfig(
            new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(ValueCollectionType.SET))
        .addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1))
        .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
  }
}

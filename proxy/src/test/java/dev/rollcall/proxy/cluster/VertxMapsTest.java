package dev.rollcall.proxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import org.junit.jupiter.api.Test;

class VertxMapsTest {

  @Test
  void areThoseOfVertxHazelcastsOwnFile() {
    Config own = VertxMaps.config();
    Config theirs = ConfigUtil.loadConfig();

    assertThat(own.getMapConfigs()).isEqualTo(theirs.getMapConfigs());
    assertThat(own.getMultiMapConfigs()).isEqualTo(theirs.getMultiMapConfigs());
    assertThat(own.getProperties()).isEqualTo(theirs.getProperties());
    assertThat(own.getQueueConfigs()).isEqualTo(theirs.getQueueConfigs());
    assertThat(own.getReplicatedMapConfigs()).isEqualTo(theirs.getReplicatedMapConfigs());
    assertThat(own.getTopicConfigs()).isEqualTo(theirs.getTopicConfigs());
    assertThat(own.getSerializationConfig().toString())
        .isEqualTo(theirs.getSerializationConfig().toString());
  }
}

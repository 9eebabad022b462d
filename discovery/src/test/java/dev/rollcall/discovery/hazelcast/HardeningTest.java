package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Signature;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Hazelcast would do by itself, and doesn't here. */
class HardeningTest {

  private static final Cluster CLUSTER =
      new Cluster("test", List.of(new Endpoint("127.0.0.1", 5701)), Signature.NONE);

  private final Config member =
      TunedMember.tune(new Config(), CLUSTER, new MemberPlace("127.0.0.1", 5701, null));
  private final ClientConfig client = TunedClient.config(CLUSTER, "client", "id");

  @Test
  void nobodyPhonesHome() {
    assertThat(member.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(client.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
  }

  @Test
  void nobodyLooksForOthersByItself() {
    JoinConfig join = member.getNetworkConfig().getJoin();
    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    assertThat(client.getNetworkConfig().getAutoDetectionConfig().isEnabled()).isFalse();
  }

  @Test
  void noJavaObjectOfOthersIsMade() {
    JavaSerializationFilterConfig ofMember =
        member.getSerializationConfig().getJavaSerializationFilterConfig();
    assertThat(ofMember.isDefaultsDisabled()).isTrue();
    assertThat(ofMember.getWhitelist().getPrefixes()).containsExactly("com.hazelcast.");
    assertThat(ofMember.getWhitelist().getPackages()).isEmpty();
    for (String gadget :
        List.of(
            "java.util.PriorityQueue",
            "javax.management.BadAttributeValueExpException",
            "org.apache.commons.collections.functors.InvokerTransformer",
            "java.lang.reflect.Proxy",
            "java.util.Date")) {
      assertThat(ofMember.getWhitelist().isListed(gadget)).as(gadget).isFalse();
    }
    JavaSerializationFilterConfig ofClient =
        client.getSerializationConfig().getJavaSerializationFilterConfig();
    assertThat(ofClient.isDefaultsDisabled()).isTrue();
    assertThat(ofClient.getWhitelist().isListed("java.util.Date")).isFalse();
    assertThat(ofClient.getWhitelist().isListed("com.hazelcast.core.HazelcastException")).isFalse();
  }

  @Test
  void thePortIsNoWiderThanTold() throws IOException {
    try (Members members = new Members(1, Signature.NONE)) {
      members.start(0);
      try (Socket told = new Socket("127.0.0.1", members.port(0))) {
        assertThat(told.isConnected()).isTrue();
      }
      assertThatThrownBy(() -> new Socket("127.0.0.2", members.port(0)).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void noOtherDoorOfHazelcastIsOpen() {
    assertThat(member.getNetworkConfig().getRestApiConfig().isEnabled()).isFalse();
    assertThat(member.getNetworkConfig().getMemcacheProtocolConfig().isEnabled()).isFalse();
    assertThat(member.getManagementCenterConfig().isScriptingEnabled()).isFalse();
    assertThat(member.getJetConfig().isResourceUploadEnabled()).isFalse();
    assertThat(member.getUserCodeDeploymentConfig().isEnabled()).isFalse();
  }
}

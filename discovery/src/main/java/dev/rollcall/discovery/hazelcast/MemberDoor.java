package dev.rollcall.discovery.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;
import dev.rollcall.discovery.settings.Networks;

/**
 * Starts a member that hears nobody but whom it may hear: connections of members and clients from
 * elsewhere are closed when they are accepted, before a byte of theirs is read.
 *
 * <p>Hazelcast (5.3.8) calls an interceptor there; its open edition only has none to call, and says
 * so in the one method that is replaced here.
 */
public final class MemberDoor {

  private MemberDoor() {}

  /**
   * Blocks until the member has joined, or is the first.
   *
   * @param config of {@link TunedMember}
   * @param allowed networks that may connect; when empty, everybody
   */
  public static HazelcastInstance open(Config config, Networks allowed) {
    if (allowed.isEmpty()) {
      return Hazelcast.newHazelcastInstance(config);
    }
    config
        .getNetworkConfig()
        .setSocketInterceptorConfig(new SocketInterceptorConfig().setEnabled(true));
    return HazelcastInstanceFactory.newHazelcastInstance(
        config, config.getInstanceName(), new Guarded(new Doorkeeper(allowed, System::nanoTime)));
  }

  private static final class Guarded extends DefaultNodeContext {

    private final MemberSocketInterceptor doorkeeper;

    Guarded(MemberSocketInterceptor doorkeeper) {
      this.doorkeeper = doorkeeper;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
      return new DefaultNodeExtension(node) {
        @Override
        public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier which) {
          return doorkeeper;
        }
      };
    }
  }
}

package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;

/** An application that is a member itself. */
class HazelcastMemberTest extends HazelcastContract {

  HazelcastMemberTest() {
    super(Signature.NONE);
  }

  @Override
  protected Registry upstreamSide() {
    return HazelcastRegistry.over(vertx, member, Signature.NONE, PACE);
  }
}

package dev.rollcall.discovery.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.RegistryContractTest;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.store.RollMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** The contract over one member, which is emptied after each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HazelcastContract extends RegistryContractTest {

  protected final Members members;
  protected final HazelcastInstance member;
  private final Signature signature;

  HazelcastContract(Signature signature) {
    this.signature = signature;
    this.members = new Members(1, signature);
    this.member = members.start(0);
  }

  @Override
  protected Registry proxySide() {
    return HazelcastRegistry.over(vertx, member, signature, PACE);
  }

  @Override
  protected Signature signature() {
    return signature;
  }

  @Override
  protected void write(String map, String key, String value) {
    member.<String, String>getMap(map).put(key, value);
  }

  @Override
  protected @Nullable String read(String map, String key) {
    return member.<String, String>getMap(map).get(key);
  }

  @Override
  protected void remove(String map, String key) {
    member.<String, String>getMap(map).remove(key);
  }

  @AfterEach
  void forgetEverything() {
    for (RollMap map : RollMap.values()) {
      member.getMap(map.mapName()).clear();
    }
  }

  @AfterAll
  void stop() {
    members.close();
  }
}

package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Tier;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceJsonTest {

  private static final Instance FULL =
      new Instance(
          "hello-1-7f",
          "e1",
          7,
          "hello",
          "hello-1",
          new Endpoint("2001:db8::7", 8443),
          Protocol.H2C,
          3,
          Tier.BACKUP,
          "b",
          List.of("/a", "host/b"),
          Map.of("k", "v"),
          InstanceState.DRAINING,
          Duration.ofMillis(250),
          new ProbeTarget.Http("/ready", true),
          new InstanceOverride(5, true, "ops", "2026-11-22T00:00:00Z"));

  private static final String LEAST =
      "{'id':'x','epoch':'e','seq':1,'service':'hello','host':'10.0.0.7','port':80}"
          .replace('\'', '"');

  @Test
  void readsWhatItWrote() {
    InstanceJson.Read read =
        InstanceJson.read(InstanceJson.write(FULL, "c1", new JsonObject()).encode());
    assertThat(read.instance()).isEqualTo(FULL);
    assertThat(read.client()).isEqualTo("c1");
  }

  @Test
  void writesTheFieldsOfTheContract() {
    JsonObject json = InstanceJson.write(FULL, null, new JsonObject());
    assertThat(json)
        .isEqualTo(
            new JsonObject(
                """
                {"v": 1, "id": "hello-1-7f", "epoch": "e1", "seq": 7, "service": "hello",
                 "name": "hello-1", "host": "2001:db8::7", "port": 8443, "protocol": "h2c",
                 "weight": 3, "tier": "backup", "zone": "b", "routes": ["/a", "host/b"],
                 "metadata": {"k": "v"}, "state": "draining", "heartbeatMs": 250,
                 "probe": {"http": "/ready", "identity": true},
                 "override": {"weight": 5, "drain": true, "by": "ops",
                              "at": "2026-11-22T00:00:00Z"}}
                """));
  }

  @Test
  void whatIsLeftOutHasADefault() {
    Instance least = InstanceJson.read(LEAST).instance();
    assertThat(least.name()).isEqualTo("x");
    assertThat(least.protocol()).isEqualTo(Protocol.HTTP);
    assertThat(least.weight()).isEqualTo(1);
    assertThat(least.tier()).isEqualTo(Tier.PRIMARY);
    assertThat(least.zone()).isEmpty();
    assertThat(least.routes()).containsExactly("/");
    assertThat(least.state()).isEqualTo(InstanceState.UP);
    assertThat(least.heartbeat()).isEqualTo(Duration.ofSeconds(1));
    assertThat(least.probe()).isEqualTo(new ProbeTarget.None());
    assertThat(least.override()).isNull();
  }

  @Test
  void readsEveryKindOfProbe() {
    assertThat(probe("'tcp'")).isEqualTo(new ProbeTarget.Tcp());
    assertThat(probe("'none'")).isEqualTo(new ProbeTarget.None());
    assertThat(probe("null")).isEqualTo(new ProbeTarget.None());
    assertThat(probe("{'http':'/up'}")).isEqualTo(new ProbeTarget.Http("/up"));
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    JsonObject newer =
        new JsonObject(LEAST).put("v", 2).put("carbon", 4).put("probe", "tcp").put("weight", 9);
    InstanceJson.Read read = InstanceJson.read(newer.encode());
    JsonObject unknown = InstanceJson.unknown(read.json());
    assertThat(unknown).isEqualTo(new JsonObject().put("carbon", 4));
    JsonObject rewritten = InstanceJson.write(FULL, null, unknown);
    assertThat(rewritten.getInteger("carbon")).isEqualTo(4);
    assertThat(rewritten.getInteger("v")).isEqualTo(1);
    assertThat(rewritten.getInteger("weight")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "id          | 7            | id: 7 (expected: text)",
        "epoch       | null         | epoch: null (expected: text)",
        "seq         | 'one'        | seq: one (expected: a whole number)",
        "seq         | 1.5          | seq: 1.5 (expected: a whole number)",
        "port        | 0            | port: 0 (expected: a whole number, 1 to 65535)",
        "weight      | 1001         | weight: 1001 (expected: a whole number, 0 to 1000)",
        "weight      | -1           | weight: -1 (expected: a whole number, 0 to 1000)",
        "protocol    | 'gopher'     | protocol: gopher (expected: http or https or h2c)",
        "tier        | 'third'      | tier: third (expected: primary or backup)",
        "state       | 'away'       | state: away (expected: up or draining or left)",
        "routes      | '/'          | routes: / (expected: a list of texts)",
        "routes      | [1]          | routes: [1] (expected: a list of texts)",
        "metadata    | {'a':1}      | metadata: {\"a\":1} (expected: pairs of texts)",
        "metadata    | 'a'          | metadata: a (expected: an object)",
        "heartbeatMs | 0            | heartbeatMs: 0 (expected: a whole number, 1 to 3600000)",
        "override    | true         | override: true (expected: an object)",
        "override    | {'drain':1}  | drain: 1 (expected: true or false)",
        "probe       | 'ping'       | probe: ping (expected: {\"http\": path}, \"tcp\" or none)",
        "probe       | {'http':'x'} | probe.http: x (expected: a path that begins with /)",
      })
  void saysInOneLineWhatIsWrong(String field, String value, String line) {
    String text =
        new JsonObject(LEAST)
            .mergeIn(new JsonObject(("{'" + field + "':" + value + "}").replace('\'', '"')))
            .encode();
    assertThatThrownBy(() -> InstanceJson.read(text)).hasMessage(line);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> InstanceJson.read("{}")).hasMessage("id: missing (expected: text)");
    assertThatThrownBy(() -> InstanceJson.read("[]")).hasMessage("not a JSON object");
    assertThatThrownBy(() -> InstanceJson.read("")).hasMessage("not a JSON object");
    assertThatThrownBy(() -> InstanceJson.read("{\"v\":2}"))
        .hasMessage("id: missing (expected: text); written by a newer version (v 2)");
  }

  @Test
  void refusesEndlessTextsAndShowsLittleOfAnyOther() {
    String endless = new JsonObject(LEAST).put("zone", "z".repeat(70_000)).encode();
    assertThatThrownBy(() -> InstanceJson.read(endless))
        .hasMessage(endless.length() + " characters (expected: at most 65536)");
    String long_ = new JsonObject(LEAST).put("protocol", "z\n".repeat(100)).encode();
    assertThatThrownBy(() -> InstanceJson.read(long_))
        .hasMessage("protocol: " + "z?".repeat(30) + "… (expected: http or https or h2c)");
  }

  private static ProbeTarget probe(String json) {
    String with = LEAST.replace("}", ",\"probe\":" + json.replace('\'', '"') + "}");
    return InstanceJson.read(with).instance().probe();
  }
}

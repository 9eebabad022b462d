package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Signature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading what instances write: a registration, a heartbeat, plain or signed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ParseBench {

  @Param({"plain", "signed"})
  String text;

  private Signature signature;
  private String registration;
  private String heartbeat;

  @Setup
  public void write() {
    signature =
        text.equals("signed") ? Signature.of("a secret of some length", null) : Signature.NONE;
    registration =
        signature.seal(
            new JsonObject()
                .put("v", 1)
                .put("id", "hello-2-7f3a9c")
                .put("epoch", "5f0c7f1d2b3a4956")
                .put("seq", 3)
                .put("service", "hello")
                .put("name", "hello-2")
                .put("host", "10.0.0.4")
                .put("port", 8080)
                .put("protocol", "http")
                .put("weight", 1)
                .put("tier", "primary")
                .put("zone", "east")
                .put("routes", new JsonArray().add("/").add("/hello"))
                .put("metadata", new JsonObject().put("version", "17"))
                .put("state", "up")
                .put("heartbeatMs", 1000)
                .put("probe", new JsonObject().put("http", "/health/ready").put("identity", true))
                .put("client", "0ccc3b4e-49a8-4a5b-92a8-67a1f5a4bd0a")
                .encode());
    heartbeat = signature.seal(BeatJson.write(new Beat("5f0c7f1d2b3a4956", 12345, 3, 0.25)));
  }

  @Benchmark
  public Object registration() {
    return InstanceJson.read(signature.open(registration));
  }

  @Benchmark
  public Object heartbeat() {
    return BeatJson.read(signature.open(heartbeat));
  }
}

package dev.rollcall.proxy.admin;

import static dev.rollcall.proxy.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsApiTest {

  private final AdminWorld world = AdminWorld.withToken();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tellsEachChangeAsItHappens() throws Exception {
    Upstream hello = world.up("hello-1");
    Stream stream = stream("/api/v1/events", Map.of());
    assertThat(stream.response.getHeader("Content-Type")).isEqualTo("text/event-stream");

    world.stand(hello, Availability.SUSPECT, "no heartbeat for 2.5 s");

    assertThat(stream.next().data)
        .isEqualTo(
            new JsonObject()
                .put("at", "2026-11-22T12:00:00Z")
                .put("service", "hello")
                .put("instance", "hello-1")
                .put("name", "hello-1")
                .put("from", "up")
                .put("to", "suspect")
                .put("reason", "no heartbeat for 2.5 s"));
  }

  @Test
  void bringsWhatWasMissed() throws Exception {
    Upstream hello = world.up("hello-1");
    Stream first = stream("/api/v1/events?history=1", Map.of());
    assertThat(first.next().data.getString("to")).isEqualTo("joining");
    Event up = first.next();
    assertThat(up.data.getString("to")).isEqualTo("up");

    world.stand(hello, Availability.EJECTED, "5 failures in a row");

    Stream again = stream("/api/v1/events", Map.of("Last-Event-ID", up.id));
    assertThat(again.next().data.getString("to")).isEqualTo("ejected");
    Stream ofAnotherRun = stream("/api/v1/events", Map.of("Last-Event-ID", "earlier-7"));
    assertThat(ofAnotherRun.next().data.getString("to")).isEqualTo("joining");
  }

  @Test
  void keepsTheLastThousandOnly() throws Exception {
    Upstream hello = world.up("hello-1");
    for (int i = 0; i < EventFeed.KEPT; i++) {
      world.stand(hello, i % 2 == 0 ? Availability.SUSPECT : Availability.UP, "flip " + i);
    }
    assertThat(stream("/api/v1/events?history=1", Map.of()).next().data.getString("reason"))
        .isEqualTo("flip 0");
  }

  @Test
  void boundsHowManyListen() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < EventStream.MOST; i++) {
      streams.add(stream("/api/v1/events", Map.of()));
    }
    assertThat(world.get("/api/v1/events").status()).isEqualTo(503);

    streams.get(0).response.request().connection().close();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    int status = 503;
    while (status == 503 && System.nanoTime() < end) {
      status =
          await(
              world.ask(
                  HttpMethod.GET,
                  "/api/v1/events",
                  null,
                  Map.of(),
                  response ->
                      response
                          .exceptionHandler(closed -> {})
                          .request()
                          .connection()
                          .close()
                          .map(closed -> response.statusCode())));
    }
    assertThat(status).isEqualTo(200);
  }

  private record Event(String id, JsonObject data) {}

  private record Stream(HttpClientResponse response, LinkedBlockingQueue<Event> events) {

    Event next() throws InterruptedException {
      Event event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      return event;
    }
  }

  /** Events of a stream whose first bytes have come, so that it surely listens. */
  private Stream stream(String path, Map<String, String> headers) {
    LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    StringBuilder text = new StringBuilder();
    HttpClientResponse response =
        await(
            world.ask(
                HttpMethod.GET,
                path,
                null,
                headers,
                opened -> {
                  opened.exceptionHandler(closed -> {});
                  opened.handler(
                      chunk -> {
                        text.append(chunk);
                        take(text, events);
                      });
                  return Future.succeededFuture(opened);
                }));
    assertThat(response.statusCode()).isEqualTo(200);
    return new Stream(response, events);
  }

  private static void take(StringBuilder text, LinkedBlockingQueue<Event> events) {
    int end;
    while ((end = text.indexOf("\n\n")) >= 0) {
      String block = text.substring(0, end);
      text.delete(0, end + 2);
      if (block.startsWith("id: ")) {
        String[] lines = block.split("\n", 2);
        events.add(
            new Event(
                lines[0].substring("id: ".length()),
                new JsonObject(lines[1].substring("data: ".length()))));
      }
    }
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Unheard;
import io.vertx.core.Promise;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Guards the price of a request: the bytes that its event loop allocates for it. Unlike seconds
 * they are the same on a slow, busy machine. The bounds leave room for JDKs and libraries, not for
 * a map or a copied body more for each request.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AllocationTest {

  private static final int REQUESTS = 3000;

  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\nContent-Type: text/plain\r\n"
              + "Content-Length: 100\r\n\r\n"
              + "x".repeat(100))
          .getBytes(StandardCharsets.US_ASCII);

  private ServerSocket upstream;
  private EngineScene proxy;
  private int port;

  @BeforeEach
  void proxyAndUpstream() throws Exception {
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
    proxy =
        EngineScene.over(
            new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", upstream.getLocalPort())),
            new Unheard(),
            ForwardOptions.DEFAULT,
            Listener.plain("127.0.0.1", 0, true));
    port = proxy.port(0);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    upstream.close();
  }

  @Test
  void aGetOfHundredBytesAllocatesLessThanSixKilobytes() throws Exception {
    assertThat(allocatedByEach("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")).isLessThan(6_000);
  }

  @Test
  void aGetOfHundredBytesOverHttp2AllocatesLessThanSevenKilobytes() throws Exception {
    try (Socket client = new Socket("127.0.0.1", port)) {
      Http2Gets gets = new Http2Gets(client);
      assertThat(allocatedByEach(gets::next)).isLessThan(7_000);
    }
  }

  @Test
  void aPostOfTenKilobytesAllocatesLessThanItsBody() throws Exception {
    String post =
        "POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 10240\r\n\r\n" + "x".repeat(10240);
    assertThat(allocatedByEach(post)).isLessThan(7_000);
  }

  private long allocatedByEach(String request) throws Exception {
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
    try (Socket client = new Socket("127.0.0.1", port)) {
      client.setTcpNoDelay(true);
      DataInputStream answers = new DataInputStream(client.getInputStream());
      byte[] whole = new byte[ask(client.getOutputStream(), bytes, answers)];
      return allocatedByEach(
          () -> {
            client.getOutputStream().write(bytes);
            answers.readFully(whole);
          });
    }
  }

  private long allocatedByEach(Io request) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long loop = loopThread();
    for (int i = 0; i < REQUESTS; i++) {
      request.run();
    }
    long before = threads.getThreadAllocatedBytes(loop);
    for (int i = 0; i < REQUESTS; i++) {
      request.run();
    }
    return (threads.getThreadAllocatedBytes(loop) - before) / REQUESTS;
  }

  /** The length of an answer; all are alike. */
  private static int ask(OutputStream to, byte[] request, DataInputStream from) throws IOException {
    to.write(request);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) from.readUnsignedByte());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 200 ");
    from.readFully(new byte[100]);
    return head.length() + 100;
  }

  private long loopThread() throws Exception {
    Promise<Long> id = Promise.promise();
    proxy.vertx().runOnContext(v -> id.complete(Thread.currentThread().getId()));
    return EngineScene.await(id.future());
  }

  private void accept() throws IOException {
    while (true) {
      Socket proxy = upstream.accept();
      proxy.setTcpNoDelay(true);
      daemon(() -> answer(proxy));
    }
  }

  /** Answers each request whose last bytes it sees; they come one after the other. */
  private static void answer(Socket proxy) throws IOException {
    InputStream requests = proxy.getInputStream();
    byte[] bytes = new byte[64 * 1024];
    int length = 0;
    int read;
    while ((read = requests.read(bytes, length, bytes.length - length)) > 0) {
      length += read;
      String seen = new String(bytes, 0, length, StandardCharsets.US_ASCII);
      int body = seen.contains("content-length: 10240") ? 10240 : 0;
      if (seen.indexOf("\r\n\r\n") >= 0 && length == seen.indexOf("\r\n\r\n") + 4 + body) {
        proxy.getOutputStream().write(ANSWER);
        length = 0;
      }
    }
  }

  private interface Io {
    void run() throws IOException;
  }

  private static void daemon(Io work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException over) {
                // The test is.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}

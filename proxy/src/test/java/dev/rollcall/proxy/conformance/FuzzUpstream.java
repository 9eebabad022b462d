package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every request; damages its answers to those whose tag begins with {@code p}. Counts whole
 * requests by target, and keeps whatever is not exact HTTP.
 */
final class FuzzUpstream implements AutoCloseable {

  private final ServerSocket listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  FuzzUpstream() throws IOException {
    start(this::acceptAll);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many whole requests arrived, by target. */
  Map<String, Integer> requests() {
    return requests;
  }

  List<String> violations() {
    return violations;
  }

  /** Connections in the midst of a request or an answer. */
  int busy() {
    return busy.get();
  }

  int open() {
    return open.get();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.incrementAndGet();
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (UpstreamTalk talk =
        new UpstreamTalk(socket, new Signals(), new CopyOnWriteArrayList<>())) {
      boolean goesOn = true;
      while (goesOn) {
        talk.in.idle();
        if (talk.in.peek() < 0) {
          return;
        }
        busy.incrementAndGet();
        try {
          goesOn = exchange(talk);
        } catch (Malformed e) {
          violations.add(e.getMessage() + " in " + Bytes.shown(Bytes.text(talk.in.recorded())));
          return;
        } finally {
          busy.decrementAndGet();
        }
      }
    } catch (IOException | CaseFailure e) {
      // The proxy went away in the midst of a message.
    } finally {
      open.decrementAndGet();
    }
  }

  private boolean exchange(UpstreamTalk talk) throws IOException {
    talk.forgetCurrent();
    Message request = talk.readMessage();
    String tag = request.target().substring(1);
    int seen = requests.merge(request.target(), 1, Integer::sum);
    boolean wicked = tag.startsWith("p");
    Random random = new Random(wicked ? tag.hashCode() * 31L + seen : 1);
    String answer = new FuzzMessages(random).response(tag, request.method().equals("HEAD"));
    talk.send(wicked ? new Mutator(random).mutate(Bytes.of(answer)) : Bytes.of(answer));
    return !wicked && !answer.contains("Connection: close") || wicked && random.nextInt(4) > 0;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fuzz-upstream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}

package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One client connection of a fuzz run, all of it decided by its seed. Used by one thread. */
final class FuzzRound {

  private static final Pattern REQUEST_LINE = Pattern.compile("(\\S+)[^\\S\\n]+HTTP/1");
  private static final Pattern ANSWER = Pattern.compile("answer to ([pq][a-z]{12})[a-c]");

  /** What is damaged. */
  enum Damage {
    REQUESTS,
    ANSWERS,
    /** HTTP/2 frames. */
    FRAMES
  }

  private final long seed;
  private final Damage damage;
  private final String mark;
  private final List<String> faults = new ArrayList<>();
  private byte[] sent = {};
  private String received = "";

  FuzzRound(long seed, Damage damage) {
    this.seed = seed;
    this.damage = damage;
    this.mark = (damage == Damage.ANSWERS ? "p" : "q") + letters(seed);
  }

  /** So many that no damage to one round's mark can make it another's. */
  private static String letters(long seed) {
    Random random = new Random(~seed);
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  String mark() {
    return mark;
  }

  /** Runs to the connection's end, which the proxy's own deadlines must bring. */
  void run(int port) {
    Random random = new Random(seed);
    FuzzMessages messages = new FuzzMessages(random);
    List<String> tags = new ArrayList<>();
    for (int i = 0, count = 1 + random.nextInt(3); i < count; i++) {
      tags.add(mark + (char) ('a' + i));
    }
    sent =
        damage == Damage.FRAMES
            ? messages.frames(tags)
            : Bytes.of(tags.stream().map(messages::request).collect(Collectors.joining()));
    if (damage != Damage.ANSWERS) {
      sent = new Mutator(random).mutate(sent);
    }
    received = talk(port, random);
  }

  private String talk(int port, Random random) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      RecordingInput in = new RecordingInput(socket);
      try {
        int largest = random.nextBoolean() ? 8 : 4000;
        for (int at = 0; at < sent.length; ) {
          int n = Math.min(sent.length - at, 1 + random.nextInt(largest));
          socket.getOutputStream().write(sent, at, n);
          at += n;
        }
        int farewell = random.nextInt(8);
        if (damage == Damage.FRAMES) {
          readWhatComes(socket, in);
          socket.shutdownOutput();
        } else if (farewell == 0) {
          socket.shutdownOutput();
        } else if (farewell == 1) {
          socket.setSoLinger(true, 0);
          return "";
        }
      } catch (IOException e) {
        // The proxy has closed already; what it answered is read below.
      }
      in.readToEnd();
      return Bytes.text(in.recorded());
    } catch (CaseFailure e) {
      faults.add("hangs: " + e.getMessage());
    } catch (IOException e) {
      faults.add("no connection: " + e);
    }
    return "";
  }

  /** An HTTP/2 connection may stay open for good: reads until nothing comes any more. */
  private static void readWhatComes(Socket socket, RecordingInput in) throws IOException {
    socket.setSoTimeout(200);
    try {
      in.readToEnd();
    } catch (CaseFailure silence) {
      in.patient();
    }
  }

  /**
   * When all is quiet: what must not have happened, or nothing.
   *
   * @param arrived at the upstream, how often each target
   * @param marks of all rounds
   */
  List<String> verdict(Map<String, Integer> arrived, Set<String> marks) {
    Matcher answers = ANSWER.matcher(received);
    while (answers.find()) {
      if (!answers.group(1).equals(mark) && marks.contains(answers.group(1))) {
        faults.add("got the answer to " + answers.group(1) + ": " + Bytes.shown(received));
      }
    }
    Map<String, Integer> allowed = damage == Damage.FRAMES ? inFrames(arrived) : allowed();
    arrived.forEach(
        (target, times) -> {
          int most =
              allowed.getOrDefault(target, 0) * (damage == Damage.ANSWERS ? tries(target) : 1);
          if (target.contains(mark) && times > most) {
            faults.add(target + " arrived " + times + " times, at most " + most + " allowed");
          }
        });
    return faults.stream()
        .map(f -> "seed " + seed + ": " + f + "\n  sent: " + Bytes.shown(Bytes.text(sent)))
        .toList();
  }

  /** A path stands in its frame as it is; what is in a body may not become a request. */
  private Map<String, Integer> inFrames(Map<String, Integer> arrived) {
    String text = Bytes.text(sent);
    Map<String, Integer> allowed = new HashMap<>();
    for (String target : arrived.keySet()) {
      if (!target.startsWith("/inner") && text.contains(target)) {
        allowed.put(target, 1);
      }
    }
    return allowed;
  }

  /** A broken answer may make the proxy try again what may be repeated. */
  private int tries(String target) {
    return Bytes.text(sent).contains("POST " + target) ? 1 : 3;
  }

  /**
   * The requests that a strict reader finds; behind the first flaw, where leniency may begin, every
   * request line that stands anywhere.
   */
  private Map<String, Integer> allowed() {
    Map<String, Integer> allowed = new HashMap<>();
    RecordingInput in = new RecordingInput(sent);
    MessageReader strict = new MessageReader(in);
    long begun = 0;
    try {
      Message request = strict.readRequestHead();
      while (request != null) {
        strict.readBody(request);
        allowed.merge(request.target(), 1, Integer::sum);
        begun = in.taken();
        request = strict.readRequestHead();
      }
    } catch (IOException flaw) {
      Matcher lines = REQUEST_LINE.matcher(Bytes.text(sent).substring((int) begun));
      while (lines.find()) {
        allowed.merge(lines.group(1), 1, Integer::sum);
      }
    }
    return allowed;
  }
}

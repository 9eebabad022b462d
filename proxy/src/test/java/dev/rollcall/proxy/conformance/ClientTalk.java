package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's end: reads responses, interim ones kept with the final one that follows. */
final class ClientTalk extends Talk {

  private final List<String> methods;
  private final List<Message> answers = new ArrayList<>();
  private final List<Message> interims = new ArrayList<>();

  /**
   * @param methods of the requests that will be sent, in order; the last stands for all after it
   */
  ClientTalk(Socket socket, Signals signals, List<String> methods) throws IOException {
    super(socket, signals);
    this.methods = methods;
  }

  /** Final responses whose head was read. */
  List<Message> answers() {
    return answers;
  }

  /** Interim responses that no final one has followed yet. */
  List<Message> interims() {
    return interims;
  }

  /** One interim response; a final one instead of it ends the script. */
  void readInterim() throws IOException {
    Message head = nextOf();
    if (head != null && head.status() >= 200) {
      throw new CaseFailure("final response instead of an interim one: " + head);
    }
  }

  @Override
  @Nullable Message nextHead() throws IOException {
    Message head = nextOf();
    while (head != null && head.status() < 200 && head.status() != 101) {
      head = nextOf();
    }
    return head;
  }

  private @Nullable Message nextOf() throws IOException {
    Message head = reader.readResponseHead(this::method);
    if (head != null && head.status() < 200 && head.status() != 101) {
      interims.add(head);
    } else if (head != null) {
      head.interims.addAll(interims);
      interims.clear();
      answers.add(head);
    }
    return head;
  }

  private String method() {
    return methods.get(Math.min(answers.size(), methods.size() - 1));
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StartFaultTest {

  @Test
  void tellsOfATakenPortAsTheJdkSaysIt() throws IOException {
    try (ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket()) {
      second.setReuseAddress(false);
      IOException taken = null;
      try {
        second.bind(new InetSocketAddress(first.getLocalPort()));
      } catch (IOException expected) {
        taken = expected;
      }

      assertThat(taken).isNotNull();
      assertThat(line(new RuntimeException("wrapped", taken)))
          .isEqualTo("http.port: 80 is taken by another program (expected: a free port)");
    }
  }

  @Test
  void tellsOfATakenPortAsHazelcastSaysIt() {
    assertThat(
            line(
                new IllegalStateException(
                    "Port [80] is already in use and auto-increment is disabled.")))
        .isEqualTo("http.port: 80 is taken by another program (expected: a free port)");
  }

  @Test
  void tellsOfAPortThatIsNotForEverybody() {
    assertThat(line(new BindException("Permission denied")))
        .isEqualTo("http.port: 80 is not permitted to this user (expected: 1024 or higher)");
  }

  @Test
  void tellsOfAnAddressOfAnotherMachine() {
    String line = "http.host: here (expected: an address of this machine)";

    assertThat(line(new BindException("Cannot assign requested address"))).isEqualTo(line);
    assertThat(line(new RuntimeException(new UnknownHostException("here")))).isEqualTo(line);
  }

  @Test
  void tellsWhatIsLeftOfEverythingElse() {
    assertThat(line(new RuntimeException("outer", new IOException("out of sockets"))))
        .isEqualTo("http.port: 80: out of sockets");
  }

  private static String line(Throwable why) {
    return StartFault.of(why, "http.port", "here", 80).getMessage();
  }
}

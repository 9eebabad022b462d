package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.upstream.ForwardFailure.NotConnected;
import dev.rollcall.proxy.roll.TrafficFault;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardFailureTest {

  static Stream<Arguments> whatTransportsThrow() {
    return Stream.of(
        Arguments.of(
            new ConnectException(
                "io_uring connect(..) failed with error(-111): Connection refused"),
            TrafficFault.REFUSED,
            "connection refused"),
        Arguments.of(
            new ConnectException("Connection refused: /10.0.0.7:80"),
            TrafficFault.REFUSED,
            "connection refused"),
        Arguments.of(
            new ConnectTimeoutException("connection timed out after 1000 ms: /10.0.0.7:80"),
            TrafficFault.UNREACHABLE,
            "no connection in time"),
        Arguments.of(
            new NoRouteToHostException("No route to host"),
            TrafficFault.UNREACHABLE,
            "unreachable"),
        Arguments.of(
            new ConnectException("connect(..) failed: Network is unreachable"),
            TrafficFault.UNREACHABLE,
            "unreachable"),
        Arguments.of(
            new UnknownHostException("Failed to resolve 'web'"),
            TrafficFault.UNREACHABLE,
            "no such host"),
        Arguments.of(
            new IOException("something else"), TrafficFault.UNREACHABLE, "something else"));
  }

  @ParameterizedTest
  @MethodSource("whatTransportsThrow")
  void tellsInOneWayWhyThereIsNoConnection(Throwable cause, TrafficFault fault, String detail) {
    assertThat(NotConnected.of(cause)).isEqualTo(new NotConnected(fault, detail));
  }
}

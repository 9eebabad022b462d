package dev.rollcall.proxy;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A gRPC service whose messages are text; it sends metadata back in its trailers. */
final class GrpcEcho {

  static final Metadata.Key<String> NOTE =
      Metadata.Key.of("note", Metadata.ASCII_STRING_MARSHALLER);

  static final MethodDescriptor<String, String> SAY = method("Say", MethodType.UNARY);
  static final MethodDescriptor<String, String> TALK = method("Talk", MethodType.BIDI_STREAMING);
  static final MethodDescriptor<String, String> COUNT =
      method("Count", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> SUM = method("Sum", MethodType.CLIENT_STREAMING);

  /** Falls once a call has come that is never answered. */
  final CountDownLatch heard = new CountDownLatch(1);

  /** Falls once a call has been cancelled by its client. */
  final CountDownLatch cancelled = new CountDownLatch(1);

  ServerServiceDefinition service() {
    ServerServiceDefinition echo =
        ServerServiceDefinition.builder("test.Echo")
            .addMethod(SAY, ServerCalls.asyncUnaryCall(this::say))
            .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(GrpcEcho::talk))
            .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(GrpcEcho::count))
            .addMethod(SUM, ServerCalls.asyncClientStreamingCall(GrpcEcho::sum))
            .build();
    return ServerInterceptors.intercept(echo, new NotesInTrailers());
  }

  private void say(String text, StreamObserver<String> to) {
    switch (text) {
      case "fail" -> to.onError(Status.NOT_FOUND.withDescription("no ünicorn").asException());
      case "never" -> {
        Context.current().addListener(c -> cancelled.countDown(), Runnable::run);
        heard.countDown();
      }
      default -> {
        to.onNext("you said " + text);
        to.onCompleted();
      }
    }
  }

  private static StreamObserver<String> talk(StreamObserver<String> to) {
    return new Heard(to) {
      @Override
      public void onNext(String text) {
        to.onNext("re: " + text);
      }
    };
  }

  private static void count(String upTo, StreamObserver<String> to) {
    for (int n = 1; n <= Integer.parseInt(upTo); n++) {
      to.onNext(n + " " + "x".repeat(1000));
    }
    to.onCompleted();
  }

  private static StreamObserver<String> sum(StreamObserver<String> to) {
    return new Heard(to) {
      private long bytes;

      @Override
      public void onNext(String text) {
        bytes += text.length();
      }

      @Override
      public void onCompleted() {
        to.onNext(Long.toString(bytes));
        super.onCompleted();
      }
    };
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
        .setFullMethodName("test.Echo/" + name)
        .setType(type)
        .build();
  }

  private abstract static class Heard implements StreamObserver<String> {
    private final StreamObserver<String> to;

    Heard(StreamObserver<String> to) {
      this.to = to;
    }

    @Override
    public void onError(Throwable gone) {
      // The client went away; nobody is left to be told.
    }

    @Override
    public void onCompleted() {
      to.onCompleted();
    }
  }

  private static final class NotesInTrailers implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata fields, ServerCallHandler<A, B> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              if (fields.containsKey(NOTE)) {
                trailers.put(NOTE, "re: " + fields.get(NOTE));
              }
              super.close(status, trailers);
            }
          },
          fields);
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream bytes) {
      try {
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

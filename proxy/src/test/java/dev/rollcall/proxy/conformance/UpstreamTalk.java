package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upstream's end: reads requests, and enters each into the case's common list on arrival. */
final class UpstreamTalk extends Talk {

  private final List<Message> arrivals;

  UpstreamTalk(Socket socket, Signals signals, List<Message> arrivals) throws IOException {
    super(socket, signals);
    this.arrivals = arrivals;
  }

  @Override
  @Nullable Message nextHead() throws IOException {
    Message request = reader.readRequestHead();
    if (request != null) {
      arrivals.add(request);
    }
    return request;
  }
}

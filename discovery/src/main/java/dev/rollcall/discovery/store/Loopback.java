package dev.rollcall.discovery.store;

import java.util.Locale;

/** Tells loopback addresses by their text; never asks a name service. */
final class Loopback {

  private Loopback() {}

  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("::1")
        || name.equals("0:0:0:0:0:0:0:1")
        || name.matches("127(\\.\\d{1,3}){3}");
  }
}

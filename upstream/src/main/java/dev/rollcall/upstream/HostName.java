package dev.rollcall.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine, or container, calls itself. */
final class HostName {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** Asks the kernel first, which knows at once; a resolver that hangs would delay the start. */
  static String ofThisMachine() {
    String name = kernel();
    return name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
  }

  private static String kernel() {
    try {
      return Files.readString(KERNEL).strip();
    } catch (IOException notLinux) {
      return resolver();
    }
  }

  private static String resolver() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}

package dev.rollcall.proxy;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The proxy as a process of its own, on free ports, alone in its cluster. */
final class ProxyJvm {

  private ProxyJvm() {}

  /** The command and its environment; more of both may be added. */
  static ProcessBuilder builder() throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(),
            "dev.rollcall.proxy.Main");
    // What the jar's manifest says.
    List<String> opens =
        List.of(
            "java.base/java.lang",
            "java.base/java.nio",
            "java.base/sun.nio.ch",
            "java.management/sun.management",
            "jdk.management/com.sun.management.internal");
    opens.forEach(each -> java.command().add(1, "--add-opens=" + each + "=ALL-UNNAMED"));
    java.command().add(1, "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
    Map<String, String> environment = java.environment();
    environment.keySet().removeIf(name -> name.startsWith("ROLLCALL_"));
    // The JVM announces these on standard error.
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("ROLLCALL_HTTP_PORT", "0");
    environment.put("ROLLCALL_ADMIN_PORT", "0");
    environment.put("ROLLCALL_CLUSTER_PORT", freePort());
    environment.put("ROLLCALL_CLUSTER_BUS_PORT", freePort());
    environment.put("ROLLCALL_CLUSTER_MEMBERS", "127.0.0.1:1,nosuch.invalid");
    return java;
  }

  /** As the jar's own; ArchUnit brings an SLF4J that has something to say. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("slf4j"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }
}

package dev.rollcall.proxy.admin;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** This process as metrics. Any thread. */
final class ProcessMetrics implements MetricsSource {

  private final String version;

  ProcessMetrics(String version) {
    this.version = version;
  }

  @Override
  public void write(MetricsPage page) {
    page.gauge("rollcall_build_info", "Always 1; the labels tell what runs.")
        .sample(1, "version", version, "java", Runtime.version().toString());
    page.gauge("rollcall_process_start_time_seconds", "When it started, in seconds since 1970.")
        .sample(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    page.counter("rollcall_process_cpu_seconds_total", "Processor time used.").sample(cpuSeconds());
    page.gauge("rollcall_process_threads", "Live threads.")
        .sample(ManagementFactory.getThreadMXBean().getThreadCount());
    page.gauge("rollcall_process_heap_bytes", "Java heap in use.")
        .sample(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    page.gauge("rollcall_process_direct_memory_bytes", "Memory of direct buffers.")
        .sample(directBytes());
    page.counter("rollcall_process_gc_seconds_total", "Time spent on garbage collection.")
        .sample(gcSeconds());
  }

  private static double cpuSeconds() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean known
        ? Math.max(0, known.getProcessCpuTime()) / 1e9
        : 0;
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static double gcSeconds() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .filter(millis -> millis > 0)
            .sum()
        / 1e3;
  }
}

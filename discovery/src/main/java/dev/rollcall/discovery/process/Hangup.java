package dev.rollcall.discovery.process;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * SIGHUP as an order to look at the settings again, as daemons take it. Left alone, the JVM would
 * stop. The JDK has no supported way to hear a signal; where its unsupported one is missing (or
 * Windows has no such signal) everything stays as it was.
 */
public final class Hangup {

  private Hangup() {}

  /**
   * From now on SIGHUP runs this, on a thread of the JVM's.
   *
   * @return false where no signal can be heard
   */
  public static boolean onSignal(Runnable order) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object hears =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> answer(self, method, args, order));
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangup, hears);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException nowhere) {
      return false;
    }
  }

  private static @Nullable Object answer(
      Object self, Method method, Object @Nullable [] args, Runnable order) {
    return switch (method.getName()) {
      case "handle" -> {
        order.run();
        yield null;
      }
      case "equals" -> args != null && self == args[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "SIGHUP";
    };
  }
}

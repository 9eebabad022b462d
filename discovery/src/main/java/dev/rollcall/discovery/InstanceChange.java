package dev.rollcall.discovery;

/** What a watcher of the registry hears, in order for each instance. */
public sealed interface InstanceChange {

  String id();

  /** New to this watcher, or said something new of itself ({@link InstanceState#LEFT} included). */
  record Registered(Instance instance) implements InstanceChange {
    @Override
    public String id() {
      return instance.id();
    }
  }

  /** Answered the roll call. */
  record Beaten(String id, Beat beat) implements InstanceChange {}

  /** Its entry is gone although it never said that it left: a reason to suspect, not a fact. */
  record Vanished(String id) implements InstanceChange {}

  /** Its connection to the cluster was lost: a reason to suspect, not a fact. */
  record Disconnected(String id) implements InstanceChange {}

  /** The operator's wish for it has changed. */
  record Overridden(String id, InstanceOverride override) implements InstanceChange {}

  /**
   * A value that can't be believed or read: wrong signature, replayed, not JSON. {@code why} is one
   * clear line.
   */
  record Rejected(String id, String why) implements InstanceChange {}
}

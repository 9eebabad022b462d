package dev.rollcall.discovery.settings;

/** Where a value came from, for the line that tells a person what is wrong with it. */
public sealed interface Origin {

  /** A line of the settings file, counted from 1. */
  record Line(String file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** An environment variable. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Nobody said anything: the default. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  Origin DEFAULT = new Default();
}

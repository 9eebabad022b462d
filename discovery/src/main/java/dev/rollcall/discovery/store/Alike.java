package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Keeps once what instances have in common. The copies of a service differ in name, number and
 * address; in a roll of thousands the rest, made anew out of every text that is read, would be a
 * twentieth of the memory. One thread.
 */
final class Alike {

  private @Nullable Instance last;

  /** An equal instance, which shares with the one before what both say. */
  Instance share(Instance said) {
    Instance shared = last == null ? said : like(last, said);
    last = shared;
    return shared;
  }

  private static Instance like(Instance other, Instance said) {
    return new Instance(
        said.id(),
        said.epoch(),
        said.seq(),
        one(other.service(), said.service()),
        one(said.id(), said.name()),
        said.endpoint(),
        said.protocol(),
        said.weight(),
        said.tier(),
        one(other.zone(), said.zone()),
        one(other.routes(), said.routes()),
        one(other.metadata(), said.metadata()),
        said.state(),
        one(other.heartbeat(), said.heartbeat()),
        one(other.probe(), said.probe()),
        said.override());
  }

  private static <T> T one(T known, T said) {
    return known.equals(said) ? known : said;
  }
}

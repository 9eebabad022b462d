package dev.rollcall.discovery.store;

import java.util.List;
import java.util.Set;

/**
 * How this process stands to the store.
 *
 * @param localHost the local address of the connection to it
 * @param me what names this process in {@link StoreEvent.ClientGone} and among {@code members}
 * @param members who keeps the store, by what names them
 * @param elsewhere addresses of members on other machines, where a loopback address of ours means
 *     something else
 */
public record Reach(String localHost, String me, Set<String> members, List<String> elsewhere) {

  public Reach {
    members = Set.copyOf(members);
    elsewhere = List.copyOf(elsewhere);
  }
}

package dev.rollcall.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the proxies are, and what proves that we belong to them.
 *
 * @param name processes of another name never meet; default {@code rollcall}
 * @param members addresses of proxies; a name with several addresses means all of them; default
 *     {@code localhost:5701}
 * @param secret shared by all, or null: whoever reaches the cluster's port may join
 * @param previous the one before, still believed while it is being replaced, or null
 */
record ClusterOptions(
    String name, List<Endpoint> members, @Nullable Secret secret, @Nullable Secret previous) {

  ClusterOptions {
    members = List.copyOf(members);
  }

  static ClusterOptions read(Settings settings) {
    return new ClusterOptions(
        settings.get("cluster.name", ValueType.TEXT, "rollcall", "others of this name are met"),
        settings.get(
            "cluster.members",
            ValueType.list(ValueType.endpoint(5701)),
            "localhost:5701",
            "where proxies are"),
        settings.secret("secret", "only who knows it joins and is believed"),
        settings.secret("secret.previous", "the one before, still believed"));
  }
}

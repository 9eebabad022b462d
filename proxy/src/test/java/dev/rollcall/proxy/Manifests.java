package dev.rollcall.proxy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What stands in a folder of Kubernetes manifests, to be asked by tests. */
record Manifests(List<JsonObject> all) {

  /** Of all files there. */
  static Manifests in(Path folder) {
    List<JsonObject> documents = new ArrayList<>();
    Load yaml = new Load(LoadSettings.builder().build());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        for (Object document : yaml.loadAllFromString(Files.readString(file))) {
          documents.add(json(document));
        }
      }
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
    return new Manifests(documents);
  }

  private static JsonObject json(Object document) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) document).forEach((key, value) -> copy.put(String.valueOf(key), value));
    return new JsonObject(new JsonObject(copy).encode());
  }

  /** Those of a kind. */
  Stream<JsonObject> of(String kind) {
    return all.stream().filter(one -> kind.equals(one.getString("kind")));
  }

  static String name(JsonObject one) {
    return one.getJsonObject("metadata").getString("name");
  }

  static JsonObject spec(JsonObject one) {
    return one.getJsonObject("spec");
  }

  static JsonObject pod(JsonObject deployment) {
    return spec(deployment).getJsonObject("template");
  }

  /** A list of objects; empty where there is none. */
  static List<JsonObject> objects(JsonObject holder, String key) {
    return holder.getJsonArray(key, new JsonArray()).stream().map(o -> (JsonObject) o).toList();
  }

  static List<JsonObject> containers(JsonObject deployment) {
    return objects(spec(pod(deployment)), "containers");
  }

  /** The names of the ports that its containers declare. */
  static Set<String> ports(JsonObject deployment) {
    Set<String> names = new HashSet<>();
    containers(deployment)
        .forEach(c -> objects(c, "ports").forEach(port -> names.add(port.getString("name"))));
    return names;
  }

  /** The deployments whose pods have all of these labels. */
  List<JsonObject> selected(JsonObject labels) {
    return of("Deployment")
        .filter(
            one -> {
              JsonObject own = pod(one).getJsonObject("metadata").getJsonObject("labels");
              return labels.stream().allMatch(l -> l.getValue().equals(own.getValue(l.getKey())));
            })
        .toList();
  }
}

package dev.rollcall.proxy.ctl;

import io.vertx.core.json.JsonObject;

/** Where a request would go, for people. */
final class Explained {

  private Explained() {}

  static String text(JsonObject answer) {
    StringBuilder text = new StringBuilder();
    JsonObject to = answer.getJsonObject("upstream");
    int candidates = answer.getJsonArray("candidates").size();
    if (to != null) {
      text.append("to ").append(to.getString("name")).append(" (");
      text.append(to.getString("endpoint")).append(")\n");
    } else {
      text.append(candidates == 0 ? "to nobody\n" : "to one of " + candidates + "\n");
    }
    text.append(answer.getString("why")).append('\n');
    for (JsonObject other : Members.each(answer.getJsonArray("others"))) {
      text.append("not ").append(other.getString("name")).append(": ");
      text.append(other.getString("state")).append(", ");
      text.append(other.getString("reason")).append('\n');
    }
    return text.toString();
  }
}

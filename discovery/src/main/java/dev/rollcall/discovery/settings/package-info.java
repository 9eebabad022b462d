/**
 * Settings of a process: one YAML file and the environment, read into option records.
 *
 * <p>An option record reads itself from {@link dev.rollcall.discovery.settings.Settings}, and that
 * reading is also the declaration of its keys: type, default and meaning stand there once, and the
 * usage text, the check, and the settings table come from it.
 *
 * <pre>{@code
 * record Listen(int port, @Nullable String host) {
 *   static Listen read(Settings settings) {
 *     return new Listen(
 *         settings.get("http.port", ValueType.PORT, "8080", "the single URL"),
 *         settings.find("http.host", ValueType.TEXT, "every interface", "where it listens"));
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.rollcall.discovery.settings;

import org.jspecify.annotations.NullMarked;

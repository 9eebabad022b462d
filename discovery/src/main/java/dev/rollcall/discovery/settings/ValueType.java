package dev.rollcall.discovery.settings;

import dev.rollcall.discovery.Endpoint;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a setting's value may be, and how its text is read. Immutable.
 *
 * @param <T> what it is read into
 */
public final class ValueType<T> {

  /** Any text but none at all. */
  public static final ValueType<String> TEXT = of("some text", Function.identity());

  /** {@code true} or {@code false}. */
  public static final ValueType<Boolean> SWITCH =
      of(
              "true or false",
              text ->
                  switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                  })
          .as(Schemas.oneOf(List.of(true, false, "true", "false")));

  /** A whole number. */
  public static final ValueType<Integer> COUNT =
      of("a whole number", ValueType::wholeNumber)
          .where(n -> n >= 0, "0 or more")
          .as(Schemas.wholeNumber(0, Integer.MAX_VALUE));

  /** A TCP port, 0 for any free one. */
  public static final ValueType<Integer> PORT =
      of("a port, 0 to 65535", ValueType::wholeNumber)
          .where(n -> n >= 0 && n <= 65535, "0 to 65535")
          .as(Schemas.wholeNumber(0, 65535));

  /** A duration with its unit: {@code 250ms}, {@code 1s}, {@code 2m}, {@code 1h}. */
  public static final ValueType<Duration> DURATION =
      of("a duration such as 250ms, 1s, 2m", DurationText::parse)
          .as(Schemas.text("^\\d{1,9}(ms|s|m|h|d)$"));

  /** A duration that is not zero. */
  public static final ValueType<Duration> POSITIVE_DURATION =
      DURATION.where(d -> !d.isZero(), "> 0");

  /**
   * A number of bytes, with its unit: {@code 512B}, {@code 64KB}, {@code 10MB}; 1 KB is 1024 bytes.
   */
  public static final ValueType<Long> SIZE =
      of("a size such as 512B, 64KB, 10MB", SizeText::parse)
          .as(Schemas.text("^\\d{1,9}(B|KB|MB|GB)$"));

  /** The path of a file; whether it can be read is the caller's question. */
  public static final ValueType<Path> FILE = of("the path of a file", Path::of);

  private static final String OR_NONE = ", or none";

  private final String expected;
  private final Reader<T> reader;
  private final boolean keyed;
  private final JsonObject schema;

  /** Reads what was given, or says why not. */
  interface Reader<T> {
    T read(Given given) throws Misfit;
  }

  ValueType(String expected, boolean keyed, JsonObject schema, Reader<T> reader) {
    this.expected = expected;
    this.keyed = keyed;
    this.schema = schema;
    this.reader = reader;
  }

  private ValueType<T> as(JsonObject other) {
    return new ValueType<>(expected, keyed, other, reader);
  }

  /**
   * A value that is one text.
   *
   * @param expected completes "expected: …" for a person
   * @param parser throws IllegalArgumentException when the text is none
   */
  public static <T> ValueType<T> of(String expected, Function<String, T> parser) {
    return new ValueType<>(
        expected,
        false,
        Schemas.scalar(),
        given -> {
          if (!(given instanceof Given.Text text) || text.text().isBlank()) {
            throw new Misfit(given, expected);
          }
          try {
            return parser.apply(text.text().strip());
          } catch (IllegalArgumentException notOne) {
            throw new Misfit(given, expected);
          }
        });
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> choices) {
    return oneOf(
        List.of(choices.getEnumConstants()),
        choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** One of these, each known by its word. */
  public static <T> ValueType<T> oneOf(List<T> choices, Function<T, String> word) {
    return of(
            "one of " + choices.stream().map(word).collect(Collectors.joining(", ")),
            text ->
                choices.stream()
                    .filter(choice -> word.apply(choice).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text)))
        .as(Schemas.oneOf(choices.stream().map(word).toList()));
  }

  /**
   * Where somebody listens, {@code host:port} or, with a default for the port, {@code host}. IPv6
   * literals stand in brackets when a port follows.
   */
  public static ValueType<Endpoint> endpoint(int defaultPort) {
    return of(
        "host[:port], such as 10.0.0.4:" + defaultPort,
        text -> EndpointText.parse(text, defaultPort));
  }

  /** A sequence in the file, or one text with commas between. */
  public static <T> ValueType<List<T>> list(ValueType<T> element) {
    return CompoundTypes.list(element, ",");
  }

  /**
   * A mapping in the file, or one text {@code name=value} with separators between; in order of
   * writing.
   */
  public static <T> ValueType<Map<String, T>> map(ValueType<T> value, String separator) {
    return CompoundTypes.map(value, separator);
  }

  /**
   * One text, or in the file a mapping of named parts.
   *
   * @param brief reads the text
   * @param parts what each part may be; those that aren't given are absent from what {@code make}
   *     gets
   * @param make of the parts that were given, by name; refuses as a parser may
   */
  public static <T> ValueType<T> parts(
      ValueType<T> brief, Map<String, ValueType<?>> parts, Function<Map<String, Object>, T> make) {
    return CompoundTypes.parts(brief, parts, make);
  }

  /**
   * The same, but only values for which the condition holds; {@code rule} completes "expected: …".
   */
  public ValueType<T> where(Predicate<T> condition, String rule) {
    return new ValueType<>(
        expected,
        keyed,
        schema,
        given -> {
          T value = reader.read(given);
          if (!condition.test(value)) {
            throw new Misfit(given, rule);
          }
          return value;
        });
  }

  /** The same texts, read into something else; the function may refuse as a parser may. */
  public <R> ValueType<R> map(Function<T, R> function) {
    return new ValueType<>(
        expected,
        keyed,
        schema,
        given -> {
          try {
            return function.apply(reader.read(given));
          } catch (IllegalArgumentException | ArithmeticException notOne) {
            throw new Misfit(given, expected);
          }
        });
  }

  /** The same, or the word {@code none}, which is read as this value. */
  public ValueType<T> orNone(T none) {
    return new ValueType<>(
        expected + OR_NONE,
        keyed,
        Schemas.either(schema, Schemas.nothing()),
        given -> {
          if (given instanceof Given.Text text && text.text().strip().equals("none")) {
            return none;
          }
          try {
            return reader.read(given);
          } catch (Misfit misfit) {
            throw new Misfit(misfit.given(), misfit.expected() + OR_NONE);
          }
        });
  }

  /** Completes "expected: …" for a person. */
  public String expected() {
    return expected;
  }

  /** What an editor may know of it. */
  JsonObject schema() {
    return schema;
  }

  /** True when names of the user's choice stand below the key in the file. */
  boolean keyed() {
    return keyed;
  }

  T read(Given given) throws Misfit {
    return reader.read(given);
  }

  private static int wholeNumber(String text) {
    return Integer.parseInt(text);
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Launch;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.upstream.UpstreamOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples are settings that run, and the schemas beside the documents are today's. */
class ExampleSettingsTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
  private static final Path EXAMPLES = ROOT.resolve("examples/settings");
  private static final Path DOCS = ROOT.resolve("docs");

  private static SelfSignedCertificate certificate;

  @BeforeAll
  static void make() {
    certificate = SelfSignedCertificate.create("example.org");
  }

  @AfterAll
  static void delete() {
    certificate.delete();
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.sorted().toList();
    }
  }

  @Test
  void thereAreFive() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleWouldRun(Path example) {
    // Certificates are the reader's own; the environment beats the file.
    Map<String, String> own =
        example.endsWith("tls-edge.yml")
            ? Map.of(
                "ROLLCALL_TLS_CERT", certificate.certificatePath(),
                "ROLLCALL_TLS_KEY", certificate.privateKeyPath())
            : Map.of();
    Launch<ProxyOptions> launch =
        Launch.of(ProxyOptions.PROGRAM, List.of("--config", example.toString(), "--check"), own);

    assertThat(launch).isInstanceOf(Launch.Stop.class);
    Launch.Stop<ProxyOptions> stop = (Launch.Stop<ProxyOptions>) launch;
    assertThat(stop.err()).isEmpty();
    assertThat(stop.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleNamesItsSchemaAndFitsIt(Path example) throws IOException {
    String yaml = Files.readString(example);

    assertThat(yaml)
        .startsWith(
            "# yaml-language-server: $schema="
                + EXAMPLES.relativize(DOCS.resolve("proxy-settings.schema.json")));
    assertThat(errors(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "htp: {port: 80}",
        "http: {prt: 80}",
        "http: {port: many}",
        "http: {port: 70000}",
        "timeout: {response: 5}",
        "access-log: sometimes",
        "services: {web: {polcy: random}}",
        "services: {web: {routes: [{rout: /x}]}}",
        "services: {web: {canary: {when: a=b, shar: 5%}}}",
      })
  void whatIsWrongDoesNotFitTheSchema(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: {port: 80}",
        "http: {port: '80'}",
        "http.port: 80",
        "http:",
        "secret: x",
        "secret: {previous: x}",
        "secret.previous: x",
        "zone: none",
        "zone: 1",
        "limit: {body-size: none}",
        "upstreams: 'web=http://a:1'",
        "upstreams: {web: http://a:1, api: [http://a:2]}",
        "services: {web: {policy: random, health.path: /x, timeout: {response: 1m}}, other: }",
        "services.web.policy: random",
        "service: hello",
      })
  void whatIsRightFitsTheSchema(String yaml) {
    assertThat(errors(yaml)).isEmpty();
  }

  @Test
  void theProxysSchemaIsWhatItDeclares() throws IOException {
    assertSchema(ProxyOptions.PROGRAM, "proxy-settings.schema.json");
  }

  @Test
  void theUpstreamsSchemaIsWhatItDeclares() throws IOException {
    assertSchema(UpstreamOptions.PROGRAM, "upstream-settings.schema.json");
  }

  /** When it fails: {@code java -jar …/target/rollcall-….jar --schema > docs/….schema.json}. */
  private static void assertSchema(Program<?> program, String file) throws IOException {
    Launch.Stop<?> printed = (Launch.Stop<?>) Launch.of(program, List.of("--schema"), Map.of());

    assertThat(printed.exitCode()).isZero();
    assertThat(Files.readString(DOCS.resolve(file))).isEqualTo(printed.out());
  }

  private static List<OutputUnit> errors(String yaml) {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    JsonSchema schema = JsonSchema.of(new JsonObject(ProxyOptions.PROGRAM.schema()));
    OutputUnit result =
        Validator.create(
                schema,
                new JsonSchemaOptions()
                    .setDraft(Draft.DRAFT202012)
                    .setBaseUri("https://rollcall.invalid/"))
            .validate(json(read));
    return Boolean.TRUE.equals(result.getValid()) ? List.of() : List.of(result);
  }

  private static Object json(Object read) {
    if (read instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, value) -> object.put(String.valueOf(key), json(value)));
      return object;
    }
    if (read instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(each -> array.add(json(each)));
      return array;
    }
    return read;
  }
}

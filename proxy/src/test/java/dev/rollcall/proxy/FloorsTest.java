package dev.rollcall.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package imports only from the floors below its own; see "Packages" in the README. */
class FloorsTest {

  private static final String PROXY = "dev.rollcall.proxy";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.rollcall");
  private static final String FORWARD = PROXY + ".forward";

  /** No class of these packages uses one of those. */
  private static void dontKnow(List<String> who, String... whom) {
    noClasses()
        .that()
        .resideInAnyPackage(who.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(whom)
        .check(CLASSES);
  }

  /** Rooms of the proxy, each with all below it. */
  private static String[] rooms(String... names) {
    return Stream.of(names).map(name -> PROXY + "." + name + "..").toArray(String[]::new);
  }

  private static List<String> room(String name) {
    return List.of(rooms(name));
  }

  /** Rooms right below the engine's. */
  private static String[] sides(String... names) {
    return Stream.of(names).map(name -> FORWARD + "." + name).toArray(String[]::new);
  }

  private static List<String> side(String name) {
    return List.of(sides(name));
  }

  @Test
  void nothingButTheTopWires() {
    dontKnow(List.of(PROXY + ".*.."), PROXY);
  }

  @Test
  void forwardAndAdminDontKnowEachOther() {
    dontKnow(room("forward"), rooms("admin"));
    dontKnow(room("admin"), rooms("forward"));
  }

  @Test
  void registerKnowsOnlyTheDoorAndTheRoll() {
    dontKnow(room("register"), rooms("health", "balance", "forward"));
  }

  @Test
  void nobodyBelowKnowsRegister() {
    dontKnow(List.of(rooms("admin", "forward", "balance", "health", "roll")), rooms("register"));
  }

  @Test
  void theSidesOfTheEngineDontKnowEachOtherOrTheEngine() {
    dontKnow(List.of(FORWARD + ".*"), FORWARD);
    dontKnow(side("client"), sides("upstream", "rate", "retry"));
    dontKnow(
        List.of(sides("http1", "http2")), sides("client", "upstream", "gzip", "rate", "retry"));
    dontKnow(side("upstream"), sides("client", "http1", "http2", "gzip", "rate", "retry"));
    dontKnow(
        List.of(sides("http", "message")),
        sides("client", "http1", "http2", "upstream", "gzip", "rate", "retry"));
    dontKnow(side("http1"), sides("http2"));
  }

  @Test
  void balanceAndHealthDontKnowEachOther() {
    dontKnow(room("balance"), rooms("health", "forward", "admin"));
    dontKnow(room("health"), rooms("balance", "forward", "admin"));
  }

  @Test
  void theRollKnowsOnlyDiscovery() {
    dontKnow(room("roll"), rooms("health", "balance", "forward", "admin"));
  }

  @Test
  void theClusterKnowsNobody() {
    dontKnow(room("cluster"), rooms("health", "balance", "forward", "admin", "register", "roll"));
    dontKnow(room("cluster"), "dev.rollcall.discovery..");
  }

  @Test
  void policiesArePure() {
    dontKnow(room("balance"), "io.vertx..", "io.netty..");
  }

  @Test
  void discoveryKnowsNobody() {
    dontKnow(
        List.of("dev.rollcall.discovery.."), "dev.rollcall.proxy..", "dev.rollcall.upstream..");
  }

  @Test
  void onlyItsOwnPackageAndTheTopsKnowHazelcast() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.rollcall.discovery.hazelcast..",
            PROXY,
            PROXY + ".cluster",
            "dev.rollcall.upstream")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .check(CLASSES);
  }
}

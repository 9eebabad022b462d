package dev.rollcall.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A package imports only from the floors below its own; see "Packages" in the README. */
class FloorsTest {

  private static final String PROXY = "dev.rollcall.proxy";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.rollcall");

  @Test
  void nothingButTheTopWires() {
    noClasses()
        .that()
        .resideInAnyPackage(PROXY + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PROXY)
        .check(CLASSES);
  }

  @Test
  void forwardAndAdminDontKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(PROXY + ".forward..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PROXY + ".admin..")
        .check(CLASSES);
  }

  @Test
  void registerKnowsOnlyTheDoorAndTheRoll() {
    noClasses()
        .that()
        .resideInAPackage(PROXY + ".register..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROXY + ".health..", PROXY + ".balance..", PROXY + ".forward..")
        .check(CLASSES);
  }

  @Test
  void nobodyBelowKnowsRegister() {
    noClasses()
        .that()
        .resideInAnyPackage(
            PROXY + ".admin..",
            PROXY + ".forward..",
            PROXY + ".balance..",
            PROXY + ".health..",
            PROXY + ".roll..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PROXY + ".register..")
        .check(CLASSES);
  }

  @Test
  void theSidesOfTheEngineDontKnowEachOtherOrTheEngine() {
    String forward = PROXY + ".forward";
    noClasses()
        .that()
        .resideInAPackage(forward + ".*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(forward)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(forward + ".client")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forward + ".upstream", forward + ".rate", forward + ".retry")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(forward + ".http1", forward + ".http2")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            forward + ".client",
            forward + ".upstream",
            forward + ".gzip",
            forward + ".rate",
            forward + ".retry")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(forward + ".upstream")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            forward + ".client",
            forward + ".http1",
            forward + ".http2",
            forward + ".gzip",
            forward + ".rate",
            forward + ".retry")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(forward + ".http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            forward + ".client",
            forward + ".http1",
            forward + ".http2",
            forward + ".upstream",
            forward + ".gzip",
            forward + ".rate",
            forward + ".retry")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(forward + ".http1")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(forward + ".http2")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(forward + ".message")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            forward + ".client",
            forward + ".http1",
            forward + ".http2",
            forward + ".upstream",
            forward + ".gzip",
            forward + ".rate",
            forward + ".retry")
        .check(CLASSES);
  }

  @Test
  void balanceAndHealthDontKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(PROXY + ".balance..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROXY + ".health..", PROXY + ".forward..", PROXY + ".admin..")
        .check(CLASSES);
  }

  @Test
  void healthKnowsOnlyTheRoll() {
    noClasses()
        .that()
        .resideInAPackage(PROXY + ".health..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROXY + ".balance..", PROXY + ".forward..", PROXY + ".admin..")
        .check(CLASSES);
  }

  @Test
  void theRollKnowsOnlyDiscovery() {
    noClasses()
        .that()
        .resideInAPackage(PROXY + ".roll..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            PROXY + ".health..", PROXY + ".balance..", PROXY + ".forward..", PROXY + ".admin..")
        .check(CLASSES);
  }

  @Test
  void policiesArePure() {
    noClasses()
        .that()
        .resideInAPackage(PROXY + ".balance..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(CLASSES);
  }

  @Test
  void discoveryKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.rollcall.discovery..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.rollcall.proxy..", "dev.rollcall.upstream..")
        .check(CLASSES);
  }

  @Test
  void onlyItsOwnPackageAndTheTopsKnowHazelcast() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.rollcall.discovery.hazelcast..", PROXY, "dev.rollcall.upstream")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .check(CLASSES);
  }
}

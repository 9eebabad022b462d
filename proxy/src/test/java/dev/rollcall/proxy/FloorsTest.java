package dev.rollcall.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A package imports only from the floors below its own; see "Packages" in the README. */
@AnalyzeClasses(packages = "dev.rollcall", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {

  private static final String PROXY = "dev.rollcall.proxy";

  @ArchTest
  static final ArchRule nothingButTheTopWires =
      noClasses()
          .that()
          .resideInAnyPackage(PROXY + ".*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PROXY);

  @ArchTest
  static final ArchRule forwardAndAdminDontKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage(PROXY + ".forward..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PROXY + ".admin..");

  @ArchTest
  static final ArchRule balanceAndHealthDontKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage(PROXY + ".balance..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROXY + ".health..", PROXY + ".forward..", PROXY + ".admin..");

  @ArchTest
  static final ArchRule healthKnowsOnlyTheRoll =
      noClasses()
          .that()
          .resideInAPackage(PROXY + ".health..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROXY + ".balance..", PROXY + ".forward..", PROXY + ".admin..");

  @ArchTest
  static final ArchRule theRollKnowsOnlyDiscovery =
      noClasses()
          .that()
          .resideInAPackage(PROXY + ".roll..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              PROXY + ".health..", PROXY + ".balance..", PROXY + ".forward..", PROXY + ".admin..");

  @ArchTest
  static final ArchRule policiesArePure =
      noClasses()
          .that()
          .resideInAPackage(PROXY + ".balance..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule discoveryKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("dev.rollcall.discovery..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.rollcall.proxy..", "dev.rollcall.upstream..");

  @ArchTest
  static final ArchRule onlyItsOwnPackageAndTheTopsKnowHazelcast =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.rollcall.discovery.hazelcast..", PROXY, "dev.rollcall.upstream")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hazelcast..");
}

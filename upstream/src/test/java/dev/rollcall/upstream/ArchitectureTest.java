package dev.rollcall.upstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rollcall.upstream", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_THE_REGISTRY_BUT_NOT_WHAT_IT_IS_MADE_OF =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..", "dev.rollcall.discovery.store..");

  @ArchTest
  static final ArchRule KNOWS_NOTHING_OF_PROXIES =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.rollcall.proxy..");
}

package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Allowed dependencies between packages, and calls that no class of the library may make. */
class ArchitectureTest {
  private static final JavaClasses SLUICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sluice");

  /** For each package, the packages of Sluice that it may depend on; core is the root package. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          entry("core", Set.of()),
          entry("disk", Set.of("core")),
          entry("journal", Set.of("core")),
          entry("http", Set.of("core")),
          entry("dns", Set.of("core", "http", "journal", "dns.engine", "dns.wire")),
          entry("dns.engine", Set.of("core", "dns.linux", "dns.wire")),
          entry("dns.linux", Set.of()),
          entry("dns.wire", Set.of()),
          entry("rdap", Set.of("core", "http", "disk", "dns")),
          entry("domains", Set.of("core", "http", "dns", "rdap", "journal")),
          entry("zonefile", Set.of("core", "disk", "dns")),
          entry("fetch", Set.of("core", "http", "disk", "journal")),
          entry("flags", Set.of("core", "http", "disk", "fetch", "journal")),
          entry("genres", Set.of("core", "http", "disk", "fetch", "journal")));

  @ParameterizedTest
  @MethodSource("rooms")
  void packagesDependOnlyOnAllowedPackages(String room) {
    Set<String> others = ALLOWED.getOrDefault(room, Set.of());
    Set<String> allowed = others.stream().map(ArchitectureTest::packageOf).collect(toSet());
    classes()
        .that()
        .resideInAPackage(packageOf(room))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are in the same package, in one of " + others + " or outside of Sluice",
                used ->
                    !used.getPackageName().startsWith("dev.sluice")
                        || used.getPackageName().equals(packageOf(room))
                        || allowed.contains(used.getPackageName())))
        .check(SLUICE);
  }

  static Set<String> rooms() {
    return ALLOWED.keySet();
  }

  @Test
  void everyPackageIsInTheTable() {
    assertEquals(
        rooms().stream().map(ArchitectureTest::packageOf).collect(toSet()),
        SLUICE.stream().map(JavaClass::getPackageName).collect(toSet()));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.sluice.(**)").should().beFreeOfCycles().check(SLUICE);
  }

  @Test
  void onlyDnsUsesThePackagesBelowIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.dns..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.sluice.dns.engine")
                .or(resideInAPackage("dev.sluice.dns.wire"))
                .or(resideInAPackage("dev.sluice.dns.linux")))
        .check(SLUICE);
  }

  @Test
  void diskDoesNotUseRxJava() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.disk")
        .should()
        .dependOnClassesThat(resideInAPackage("io.reactivex.."))
        .check(SLUICE);
  }

  @Test
  void onlyOneClassUsesTheSchedulersOfRxJava() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Shared")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Schedulers.class)
        .check(SLUICE);
  }

  @Test
  void onlyHttpAssemblesOkHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.http")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(OkHttpClient.class)
        .check(SLUICE);
  }

  @Test
  void noClassUsesInternalsOfALibrary() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("..internal..", "..impl..", "sun..", "com.sun..")
                // The public package of JNA has a name like those of the JDK's internals.
                .and(resideOutsideOfPackages("dev.sluice..", "com.sun.jna")))
        .check(SLUICE);
  }

  /** JNA is optional: the other classes must load without it. */
  @Test
  void onlyOneClassUsesJna() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.sluice\\.dns\\.linux\\.JnaCalls(\\$.*)?")
        .should()
        .dependOnClassesThat(resideInAPackage("com.sun.jna.."))
        .check(SLUICE);
  }

  @Test
  void noClassBlocksOnAStream() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "is one of RxJava's blocking methods", call -> isBlocking(call.getTarget())))
        .check(SLUICE);
  }

  @Test
  void noClassPrints() {
    noClasses().should().accessField(System.class, "out").check(SLUICE);
    noClasses().should().accessField(System.class, "err").check(SLUICE);
  }

  @Test
  void publicClassesAreFinal() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveSimpleName("CallException")
        .and()
        .doNotHaveFullyQualifiedName("dev.sluice.dns.engine.Query")
        .and()
        .doNotHaveFullyQualifiedName("dev.sluice.dns.engine.RecordQuery")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(SLUICE);
  }

  private static boolean isBlocking(AccessTarget target) {
    JavaClass owner = target.getOwner();
    return owner.getPackageName().startsWith("io.reactivex")
        && target.getName().startsWith("blocking");
  }

  private static String packageOf(String room) {
    return room.equals("core") ? "dev.sluice" : "dev.sluice." + room;
  }
}

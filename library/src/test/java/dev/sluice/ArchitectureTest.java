package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Allowed dependencies between packages, and calls that no class of the library may make. */
class ArchitectureTest {
  private static final JavaClasses SLUICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sluice");

  @ParameterizedTest
  @CsvSource({
    "'',      ''",
    "disk,    core",
    "http,    core",
    "dns,     core dns.engine dns.wire",
    "dns.engine, core dns.linux dns.wire",
    "dns.linux, ''",
    "dns.wire, ''",
    "rdap,    core http dns",
    "fetch,   core http disk",
    "flags,   core http disk fetch",
    "genres,  core http disk fetch",
  })
  void everyRoomKnowsOnlyWhatItMay(String room, String others) {
    List<String> allowed =
        List.of(others.split(" ")).stream().map(ArchitectureTest::packageOf).toList();
    Set<String> own = Set.of(packageOf(room.isEmpty() ? "core" : room));
    classes()
        .that()
        .resideInAPackage(packageOf(room.isEmpty() ? "core" : room))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are its own, allowed (" + others + ") or not of Sluice",
                used ->
                    !used.getPackageName().startsWith("dev.sluice")
                        || own.contains(used.getPackageName())
                        || allowed.contains(used.getPackageName())))
        .check(SLUICE);
  }

  @Test
  void noRoomsKnowEachOtherInACircle() {
    slices().matching("dev.sluice.(**)").should().beFreeOfCycles().check(SLUICE);
  }

  @Test
  void onlyDnsUsesTheRoomsBelowIt() {
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
  void theDiskKnowsNothingOfStreams() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.disk")
        .should()
        .dependOnClassesThat(resideInAPackage("io.reactivex.."))
        .check(SLUICE);
  }

  @Test
  void onlyOneClassNamesTheSchedulersOfRxJava() {
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
  void nobodyUsesTheInsidesOfRxJava() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("io.reactivex.rxjava3.internal.."))
        .check(SLUICE);
  }

  @Test
  void nothingInTheLibraryBlocksOnAStream() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "is one of RxJava's blocking methods", call -> isBlocking(call.getTarget())))
        .check(SLUICE);
  }

  @Test
  void nobodyPrints() {
    noClasses().should().accessField(System.class, "out").check(SLUICE);
    noClasses().should().accessField(System.class, "err").check(SLUICE);
  }

  @Test
  void publicClassesAreFinalUnlessMadeForExtension() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveSimpleName("CallException")
        .and()
        .doNotHaveFullyQualifiedName("dev.sluice.dns.engine.Query")
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
